import { expect, test } from "vitest";
import { readUserAgent } from "./user-agent.ts";

test.each([
  [
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    { browser: "Firefox 143", system: "Linux", form: "desktop" },
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    { browser: "Microsoft Edge 141", system: "Windows", form: "desktop" },
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    { browser: "Safari 18", system: "iOS", form: "phone" },
  ],
  ["", { browser: null, system: null, form: "unknown" }],
])("%s", (userAgent, view) => {
  expect(readUserAgent(userAgent)).toEqual(view);
});

test("whatever else is sent is short and no failure", () => {
  for (const userAgent of ["curl/8.5.0", "x".repeat(300), "<script>/1.0", "\u0000", "/".repeat(300)]) {
    const { browser, system } = readUserAgent(userAgent);
    for (const name of [browser, system]) expect((name ?? "").length).toBeLessThanOrEqual(60);
  }
});
