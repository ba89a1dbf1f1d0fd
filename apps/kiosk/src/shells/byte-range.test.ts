import { expect, it } from "vitest";
import { readByteRange } from "./byte-range.ts";

it.each([
  [null, { start: 0, end: 1000, isPart: false }],
  ["bytes=0-", { start: 0, end: 1000, isPart: true }],
  ["bytes=0-0", { start: 0, end: 1, isPart: true }],
  ["bytes=999-2000", { start: 999, end: 1000, isPart: true }],
  ["bytes=-10", { start: 990, end: 1000, isPart: true }],
  ["bytes=-5000", { start: 0, end: 1000, isPart: true }],
  ["bytes=1000-", undefined],
  ["bytes=-0", undefined],
  // Not understood, or makes no sense: the whole file, as RFC 9110 allows.
  ["bytes=5-2", { start: 0, end: 1000, isPart: false }],
  ["bytes=0-1,5-6", { start: 0, end: 1000, isPart: false }],
  ["lines=1-2", { start: 0, end: 1000, isPart: false }],
  ["bytes=-", { start: 0, end: 1000, isPart: false }],
])("reads %s of 1000 bytes", (header, wanted) => {
  expect(readByteRange(header, 1000)).toEqual(wanted);
});
