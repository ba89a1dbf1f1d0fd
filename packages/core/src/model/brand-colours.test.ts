import fc from "fast-check";
import { expect, it } from "vitest";
import { brandColours, contrastOf, LEAST_CONTRAST, mixed } from "./brand-colours.ts";

it("text on any colour of an organization can be read, the softer one too", () => {
  const colour = fc
    .integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, "0")}`);
  fc.assert(
    fc.property(colour, (surface) => {
      const { text, muted } = brandColours(surface);
      expect(contrastOf(surface, text)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      expect(contrastOf(surface, muted)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
    }),
  );
});

it("is light on dark and dark on light", () => {
  expect(brandColours("#1a2b6d")).toMatchObject({ text: "#ffffff", isDark: true });
  expect(brandColours("#ffd400")).toMatchObject({ text: "#0b0b0d", isDark: false });
});

it("measures contrast as WCAG does, whichever colour comes first", () => {
  expect(contrastOf("#ffffff", "#000000")).toBeCloseTo(21, 5);
  expect(contrastOf("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrastOf("#1a56db", "#1a56db")).toBe(1);
  expect(contrastOf("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect(contrastOf("#ffffff", "#767676")).toBeCloseTo(4.54, 2);
});

it("mixes colours by their shares", () => {
  expect(mixed("#ff8000", "#0000ff", 1)).toBe("#ff8000");
  expect(mixed("#ff8000", "#0000ff", 0)).toBe("#0000ff");
  expect(mixed("#ff8000", "#0000ff", 0.25)).toBe("#4020bf");
});
