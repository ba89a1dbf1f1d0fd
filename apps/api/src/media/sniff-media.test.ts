import { expect, test } from "vitest";
import { sniffMedia } from "./sniff-media.ts";

const SVG = { kind: "image", format: "svg" };

test.each([
  ["<svg>", SVG],
  ['\uFEFF <?xml version="1.0"?>\n<!-- a --><!--b-->\n<!DOCTYPE svg [ <!ENTITY a "b"> ]>\n<s:svg x="1"', SVG],
  ["<!DOCTYPE svg><svg/", SVG],
  ["<!-- <svg> --><html>", undefined],
  ["<!DOCTYPE html><svg>", undefined],
  ["<svgx>", undefined],
  ["  ", undefined],
])("%j is told by its first element", (text, expected) => {
  expect(sniffMedia(Buffer.from(text))).toEqual(expected);
});

test.each([
  ["comments", "<!---->".repeat(580)],
  ["declarations", "<?a?>".repeat(800)],
  ["white space", " ".repeat(4000)],
  ["a document type without end", `<!DOCTYPE svg ${"[".repeat(4000)}`],
])(
  "what begins with many of %s and is no drawing is told at once, and not by every way to read it",
  (_name, text) => {
    expect(sniffMedia(Buffer.from(`${text}<html>`))).toBeUndefined();
  },
);
