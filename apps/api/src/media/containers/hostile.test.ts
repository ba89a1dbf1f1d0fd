import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ByteSource, openByteSource } from "../byte-source.ts";
import { applyEdits, type Edit } from "../edits.ts";
import { MediaFault } from "../media-fault.ts";
import { makeFilm } from "../testing/make-film.ts";
import { drawQuarters, makeGif, PHONE_EXIF, XMP } from "../testing/make-pictures.ts";
import { cleanAvif } from "./avif.ts";
import { cleanGif } from "./gif.ts";
import { cleanJpeg } from "./jpeg.ts";
import { cleanMp4 } from "./mp4.ts";
import { cleanPng } from "./png.ts";
import { cleanWebm } from "./webm.ts";
import { cleanWebp } from "./webp.ts";

const picture = () => drawQuarters(60, 40);
const CONTAINERS: [string, (source: ByteSource) => Promise<Edit[]>, () => Promise<Buffer>][] = [
  ["JPEG", cleanJpeg, () => picture().jpeg().withExif(PHONE_EXIF).toBuffer()],
  ["PNG", cleanPng, () => picture().png().withExif(PHONE_EXIF).toBuffer()],
  ["WebP", cleanWebp, () => picture().webp().withExif(PHONE_EXIF).withXmp(XMP).toBuffer()],
  ["AVIF", cleanAvif, () => picture().avif({ effort: 0 }).withExif(PHONE_EXIF).toBuffer()],
  ["GIF", cleanGif, makeGif],
  [
    "MP4",
    cleanMp4,
    () => makeFilm({ container: "mp4", codec: "avc", sound: "aac", seconds: 0.5, tags: { title: "x" } }),
  ],
  [
    "WebM",
    cleanWebm,
    () => makeFilm({ container: "webm", codec: "vp8", seconds: 0.5, tags: { title: "x" } }),
  ],
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-hostile-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(CONTAINERS)("%s", (name, clean, make) => {
  let sample: Buffer;
  beforeAll(async () => {
    sample = await make();
  });

  test("whatever bytes are changed or missing: it is refused as damaged, or what is kept lies in the file", async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 6 }),
        fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        async (changes, cut) => {
          const bytes = Buffer.from(
            sample.subarray(0, cut === null ? sample.length : Math.floor(sample.length * cut)),
          );
          for (const { at, byte } of changes) bytes[Math.floor(at * Math.min(2000, bytes.length - 1))] = byte;
          const path = join(folder, name);
          await writeFile(path, bytes);
          await using source = await openByteSource(path);
          const outcome = await clean(source).catch((error: unknown) => error);
          if (!Array.isArray(outcome)) {
            expect(isUnderstood(outcome), String(outcome)).toBe(true);
            return;
          }
          let length = 0;
          for await (const piece of applyEdits(path, outcome)) length += piece.byteLength;
          expect(length).toBeLessThanOrEqual(bytes.length + 16);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("cleaning what is clean changes nothing", async () => {
    const path = join(folder, `${name}-clean`);
    const once = await cleaned(path, sample);
    expect((await cleaned(path, once)).equals(once)).toBe(true);
    if (name !== "MP4" && name !== "WebM") expect((await sharp(once).metadata()).exif).toBeUndefined();
  });

  async function cleaned(path: string, bytes: Buffer): Promise<Buffer> {
    await writeFile(path, bytes);
    await using source = await openByteSource(path);
    const edits = await clean(source);
    const pieces: Buffer[] = [];
    for await (const piece of applyEdits(path, edits)) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces);
  }
});

/** A fault, or reading a number beyond the end, which the worker takes for one. */
function isUnderstood(error: unknown): boolean {
  return error instanceof MediaFault || error instanceof RangeError;
}
