import { expect, it } from "vitest";
import { withoutFrameRefusal } from "./frame-refusal.ts";

const header = (name: string, value: string) => ({ name, value });

it("finds nothing to take out where nothing forbids framing", () => {
  const headers = [
    header("Content-Type", "text/html"),
    header("Content-Security-Policy", "default-src 'self'"),
  ];
  expect(withoutFrameRefusal(headers)).toBeUndefined();
  expect(withoutFrameRefusal([])).toBeUndefined();
});

it("takes out X-Frame-Options in any case, and nothing else", () => {
  const headers = [
    header("x-FRAME-options", "SAMEORIGIN"),
    header("Set-Cookie", "a=b"),
    header("Set-Cookie", "c=d"),
  ];
  expect(withoutFrameRefusal(headers)).toEqual([header("Set-Cookie", "a=b"), header("Set-Cookie", "c=d")]);
});

it.each([
  ["frame-ancestors 'none'", []],
  ["default-src 'self'; frame-ancestors 'none'; img-src *", ["default-src 'self'; img-src *"]],
  ["FRAME-ANCESTORS https://a.example;script-src 'none'", ["script-src 'none'"]],
  ["frame-ancestors 'self', default-src 'none'", ["default-src 'none'"]],
  ["default-src 'none', img-src *; frame-ancestors 'self'", ["default-src 'none', img-src *"]],
])("takes frame-ancestors alone out of %s", (policy, wanted) => {
  const left = withoutFrameRefusal([header("content-security-policy", policy)]);
  expect(left?.map(({ value }) => value)).toEqual(wanted);
});

it("leaves a policy that is only reported", () => {
  const reported = [header("Content-Security-Policy-Report-Only", "frame-ancestors 'none'")];
  expect(withoutFrameRefusal(reported)).toBeUndefined();
});
