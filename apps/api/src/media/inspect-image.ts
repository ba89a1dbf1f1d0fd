import { join } from "node:path";
import { MAX_PIXELS } from "@vitrine/core/model/asset";
import sharp, { type Metadata } from "sharp";
import { openByteSource } from "./byte-source.ts";
import { cleanAvif } from "./containers/avif.ts";
import { cleanGif } from "./containers/gif.ts";
import { cleanJpeg } from "./containers/jpeg.ts";
import { cleanPng } from "./containers/png.ts";
import { cleanWebp } from "./containers/webp.ts";
import { decoding } from "./decoding.ts";
import type { Picture } from "./inspection.ts";
import { MediaFault } from "./media-fault.ts";
import { type ImageFormat, MEDIA_TYPE_OF } from "./sniff-media.ts";
import { writeThumbnail } from "./thumbnail.ts";

type Raster = Exclude<ImageFormat, "svg">;

/** Pixels that all frames of an animation may have together: 1,500 frames of 1080p. */
const MAX_ANIMATION_PIXELS = 3_000_000_000;

/**
 * Decodes every pixel of a picture, every frame of an animation, and says how to store it: as it is but for what
 * nobody should see, or written anew where it has to be turned. Throws `MediaFault`.
 */
export async function inspectImage(path: string, format: Raster, outputDir: string): Promise<Picture> {
  const metadata = await readMetadata(path, format);
  checkSize(metadata);
  await decodeFrames(path, metadata);
  const isTurned = mustBeTurned(format, metadata);
  const picture = sharp(path, OPTIONS);
  await decoding(() => writeThumbnail(isTurned ? picture.autoOrient() : picture, outputDir));
  const { width, height } = isTurned ? metadata.autoOrient : sizeOfFrame(metadata);
  const described = { kind: "image", mediaType: MEDIA_TYPE_OF[format], width, height } as const;
  const thumbnail = { name: "thumbnail" } as const;
  if (isTurned) {
    await writeUpright(path, format, outputDir);
    return { ...described, content: { kind: "file", name: "content" }, thumbnail };
  }
  return { ...described, content: { kind: "edits", edits: await clean(path, format) }, thumbnail };
}

const OPTIONS = { failOn: "error", limitInputPixels: MAX_PIXELS, sequentialRead: true } as const;

async function readMetadata(path: string, format: Raster): Promise<Metadata> {
  const metadata = await decoding(() => sharp(path, OPTIONS).metadata());
  const found = metadata.format === "heif" && metadata.compression === "av1" ? "avif" : metadata.format;
  if (found !== format) throw new MediaFault("unsupported_type", `It claims ${format} and is ${found}`);
  return metadata;
}

function sizeOfFrame({ width, height, pageHeight }: Metadata) {
  return { width, height: pageHeight ?? height };
}

function checkSize(metadata: Metadata): void {
  const { width, height } = sizeOfFrame(metadata);
  const { pages = 1 } = metadata;
  const frame = width * height;
  if (frame > MAX_PIXELS) throw new MediaFault("too_many_pixels", `${frame} pixels`);
  if (frame * pages > MAX_ANIMATION_PIXELS) throw new MediaFault("too_long", `${pages} frames`);
}

/** Decodes every frame in strips, each shrunk at once to a few pixels, so that no strip of frames is ever whole. */
async function decodeFrames(path: string, { pages = 1 }: Metadata): Promise<void> {
  if (pages === 1) return;
  const frames = sharp(path, { ...OPTIONS, limitInputPixels: false, animated: true });
  await decoding(() => frames.resize({ width: 4, height: 4, fit: "fill" }).raw().toBuffer());
}

/** Whether EXIF says to turn it. Animations stay as they are, and an AVIF turns by its own properties. */
function mustBeTurned(format: Raster, { orientation = 1, pages = 1 }: Metadata): boolean {
  return format !== "avif" && orientation > 1 && pages === 1;
}

/** Writes the picture upright and without anything but its pixels and their colour profile. */
async function writeUpright(path: string, format: Raster, outputDir: string): Promise<void> {
  const upright = sharp(path, OPTIONS).autoOrient().keepIccProfile();
  const target = join(outputDir, "content");
  switch (format) {
    case "jpeg":
      await decoding(() => upright.jpeg({ quality: 92, chromaSubsampling: "4:4:4" }).toFile(target));
      return;
    case "webp":
      await decoding(() => upright.webp({ quality: 92, effort: 3 }).toFile(target));
      return;
    default:
      await decoding(() => upright.png({ compressionLevel: 7 }).toFile(target));
  }
}

async function clean(path: string, format: Raster) {
  await using source = await openByteSource(path);
  switch (format) {
    case "jpeg":
      return await cleanJpeg(source);
    case "png":
      return await cleanPng(source);
    case "webp":
      return await cleanWebp(source);
    case "gif":
      return await cleanGif(source);
    case "avif":
      return await cleanAvif(source);
  }
}
