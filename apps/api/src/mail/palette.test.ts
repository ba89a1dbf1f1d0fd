import { contrastOf, LEAST_CONTRAST } from "@vitrine/core/model/brand-colours";
import fc from "fast-check";
import { expect, test } from "vitest";
import { paletteOf } from "./palette.ts";

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

test("on any colour the button is readable, and stands out from the card in both schemes", () => {
  fc.assert(
    fc.property(colour, (brand) => {
      const { fill, onFill, light, dark } = paletteOf(brand);
      expect(fill).toBe(brand);
      expect(contrastOf(onFill, fill)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      for (const { edge, card } of [light, dark]) expect(contrastOf(edge, card)).toBeGreaterThanOrEqual(3);
    }),
  );
});

test("text is readable on the card in both schemes", () => {
  const { light, dark } = paletteOf(null);
  for (const { card, text, muted, link } of [light, dark]) {
    for (const one of [text, muted, link])
      expect(contrastOf(one, card)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
  }
});
