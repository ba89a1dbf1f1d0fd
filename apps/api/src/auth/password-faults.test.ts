import { expect, test } from "vitest";
import { findPasswordFault } from "./password-faults.ts";

const ADA = { name: "Ada Lovelace", email: "ada.l@analytical.example" };

test.each([
  ["password", "common"],
  ["iloveyou", "common"],
  ["PASSWORD1", "common"],
  ["qwertyuiop", "common"],
  ["lovelace-lovelace", "name"],
  ["AdaLovelace", "name"],
  ["!Lovelace99", "name"],
  ["ada.l@analytical.example", "email"],
  ["ada.l2026", "email"],
  ["Vitrine1", "product"],
  ["vitrine2026!", "product"],
])("%s is refused: %s", async (password, fault) => {
  expect(await findPasswordFault(password, ADA)).toBe(fault);
});

test.each([
  "correct horse battery",
  "lovelace wrote programs",
  "vitrine of the corner shop",
  "пароль для Ады",
  "zq8-mfp2",
])("%s is taken", async (password) => {
  expect(await findPasswordFault(password, ADA)).toBeUndefined();
});

test("a name of one letter refuses nothing", async () => {
  expect(await findPasswordFault("xylophon", { name: "X", email: "x@y.example" })).toBeUndefined();
});
