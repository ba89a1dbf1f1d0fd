import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { deflatePiece, deflateSmallPiece, joinToGzip } from "./gzip-pieces.ts";

test("pieces compressed apart make one whole file, in whatever order and however small", async () => {
  const piece = fc.oneof(fc.string({ unit: "grapheme", maxLength: 50 }), fc.constant("abc".repeat(30_000)));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(piece, fc.boolean()), { maxLength: 6 }), async (given) => {
      const pieces = await Promise.all(
        given.map(([text, isSmall]) => (isSmall ? deflateSmallPiece(text) : deflatePiece(text))),
      );
      const plain = Buffer.from(given.map(([text]) => text).join(""));
      expect(gunzipSync(joinToGzip(pieces, plain)).equals(plain)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("a file whose pieces are not what it says is refused by whoever reads it", () => {
  const file = joinToGzip([deflateSmallPiece("one")], Buffer.from("two"));
  expect(() => gunzipSync(file)).toThrow();
});
