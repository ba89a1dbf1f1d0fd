import { expect, test } from "vitest";
import { contrastOf, LEAST_CONTRAST } from "./contrast.ts";

test("contrast is that of WCAG, whichever colour comes first", () => {
  expect(contrastOf("#ffffff", "#000000")).toBeCloseTo(21, 5);
  expect(contrastOf("#1a56db", "#1a56db")).toBe(1);
  expect(contrastOf("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect(contrastOf("#ffffff", "#767676")).toBeCloseTo(4.54, 2);
});

test("on any colour, white text or black is readable", () => {
  for (let number = 0; number < 0xffffff; number += 65_537 * 5 + 259) {
    const color = `#${number.toString(16).padStart(6, "0")}`;
    const best = Math.max(contrastOf(color, "#ffffff"), contrastOf(color, "#000000"));
    expect(best, color).toBeGreaterThanOrEqual(LEAST_CONTRAST);
  }
});
