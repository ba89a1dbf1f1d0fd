import { expect, test } from "vitest";
import { addressesIn, isAddress } from "./addresses.ts";

test.each([
  ["", []],
  ["  ,; \n ", []],
  ["Jo@Berg.example", ["jo@berg.example"]],
  ["jo@berg.example ", ["jo@berg.example"]],
  [
    "jo@berg.example, mara@berg.example;lin@berg.example",
    ["jo@berg.example", "mara@berg.example", "lin@berg.example"],
  ],
  [
    "jo@berg.example\r\nmara@berg.example\tlin@berg.example",
    ["jo@berg.example", "mara@berg.example", "lin@berg.example"],
  ],
  ['Jo Berg <jo@berg.example>, "Berg, Mara" <mara@berg.example>', ["jo@berg.example", "mara@berg.example"]],
  ["<jo@berg.example>\n<mara@berg.example>", ["jo@berg.example", "mara@berg.example"]],
  ["jo at berg", ["jo", "at", "berg"]],
])("%j holds %j", (text, addresses) => {
  expect(addressesIn(text)).toEqual(addresses);
});

test("what lacks a name, a sign or a host is no address", () => {
  expect(["jo@berg.example", "jo+shop@berg.example"].every(isAddress)).toBe(true);
  expect(["jo", "jo@", "@berg.example", "jo@berg", "jo berg@berg.example"].some(isAddress)).toBe(false);
});
