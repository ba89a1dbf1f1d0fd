import { join } from "node:path";
import type { Sharp } from "sharp";

/** Pixels of a thumbnail's long side. */
export const THUMBNAIL_SIDE = 640;

/** Writes a picture as a WebP of at most 640 pixels a side, without metadata, to `thumbnail` in `outputDir`. */
export async function writeThumbnail(picture: Sharp, outputDir: string): Promise<void> {
  await picture
    .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80 })
    .toFile(join(outputDir, "thumbnail"));
}
