import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { MAX_PIXELS } from "@vitrine/core/model/asset";
import sharp from "sharp";
import { decoding } from "./decoding.ts";
import type { Picture } from "./inspection.ts";
import { MediaFault } from "./media-fault.ts";
import { writeThumbnail } from "./thumbnail.ts";

/** The long side that a drawing gets, in pixels: a 4K screen's. */
const DRAWN_SIDE = 3840;
const MAX_SVG_BYTES = 16 * 1024 * 1024;
const DEFAULT_DENSITY = 72;
const DENSITIES = { min: 1, max: 100_000 };

/**
 * Draws an SVG as a PNG, which is what is stored and shown: no script, no link and no reference of it survives. It is
 * read from memory and so has no folder: librsvg refuses every reference to files and addresses.
 */
export async function inspectSvg(path: string, outputDir: string): Promise<Picture> {
  const { size } = await stat(path);
  if (size > MAX_SVG_BYTES) throw new MediaFault("too_many_pixels", `A drawing of ${size} bytes`);
  const text = await readFile(path);
  return decoding(async () => {
    const density = await findDensity(text);
    const target = join(outputDir, "content");
    const drawn = await sharp(text, { density, limitInputPixels: MAX_PIXELS }).png().toFile(target);
    await writeThumbnail(sharp(target), outputDir);
    return {
      kind: "image",
      mediaType: "image/png",
      width: drawn.width,
      height: drawn.height,
      content: { kind: "file", name: "content" },
      thumbnail: { name: "thumbnail" },
    };
  });
}

/**
 * The density at which the long side has the wanted length. Lengths in pixels grow with the density, lengths in
 * millimetres with its square (libvips applies it twice), so two measurements say how.
 */
async function findDensity(text: Buffer): Promise<number> {
  const once = await longSide(text, DEFAULT_DENSITY);
  const twice = await longSide(text, 2 * DEFAULT_DENSITY);
  const growth = Math.max(1, Math.log2(twice / once));
  const density = DEFAULT_DENSITY * (DRAWN_SIDE / once) ** (1 / growth);
  return Math.min(DENSITIES.max, Math.max(DENSITIES.min, density));
}

async function longSide(text: Buffer, density: number): Promise<number> {
  const { width, height } = await sharp(text, { density, limitInputPixels: false }).metadata();
  return Math.max(width, height);
}
