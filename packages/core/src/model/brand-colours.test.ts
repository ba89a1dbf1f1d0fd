import fc from "fast-check";
import { expect, it } from "vitest";
import {
  accentColours,
  brandColours,
  contrastOf,
  LEAST_CONTRAST,
  LEAST_VISIBLE,
  mixed,
} from "./brand-colours.ts";

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

it("text on any colour of an organization can be read, the softer one too", () => {
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

/** Every surface of the dashboard, as `packages/ui/src/tokens.css` has them. */
const SURFACES = {
  light: ["#fafafa", "#ffffff", "#f4f4f5", "#f1f1f3"],
  dark: ["#0b0b0d", "#141417", "#1c1c20", "#212126"],
};

it("controls of any colour can be seen on every surface and read, in light and dark", () => {
  fc.assert(
    fc.property(colour, fc.constantFrom("light", "dark"), (color, scheme) => {
      const { accent, hover, onAccent, soft, text } = accentColours(color)[scheme];
      for (const surface of SURFACES[scheme]) {
        expect(contrastOf(accent, surface)).toBeGreaterThanOrEqual(LEAST_VISIBLE);
        expect(contrastOf(text, surface)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      }
      for (const ground of [accent, hover])
        expect(contrastOf(onAccent, ground)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      expect(contrastOf(text, soft)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
    }),
    {
      examples: [
        ["#ffffff", "light"],
        ["#000000", "dark"],
        ["#ffff00", "light"],
        ["#808080", "dark"],
      ],
    },
  );
});

it("a colour that can be seen anyway stays as it is", () => {
  expect(accentColours("#7c3aed").light.accent).toBe("#7c3aed");
});
