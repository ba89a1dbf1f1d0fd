import fc from "fast-check";
import { expect, it } from "vitest";
import { brandColours, contrastOf } from "./brand-colours.ts";

it("text on any colour of an organization can be read, the softer one too", () => {
  const colour = fc
    .integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, "0")}`);
  fc.assert(
    fc.property(colour, (surface) => {
      const { text, muted } = brandColours(surface);
      expect(contrastOf(surface, text)).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(surface, muted)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

it("is light on dark and dark on light", () => {
  expect(brandColours("#1a2b6d")).toMatchObject({ text: "#ffffff", isDark: true });
  expect(brandColours("#ffd400")).toMatchObject({ text: "#0b0b0d", isDark: false });
  expect(contrastOf("#000000", "#ffffff")).toBeCloseTo(21, 5);
});
