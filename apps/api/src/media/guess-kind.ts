import { open } from "node:fs/promises";
import { SNIFFED_BYTES, sniffMedia } from "./sniff-media.ts";

/** What a file is by its first bytes, as far as that decides how it is treated; a picture where they say nothing. */
export async function guessKind(path: string): Promise<"image" | "video"> {
  await using file = await open(path, "r");
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
  return sniffMedia(buffer.subarray(0, bytesRead))?.kind ?? "image";
}
