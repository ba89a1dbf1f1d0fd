import { open } from "node:fs/promises";
import { SNIFFED_BYTES, type Sniffed, sniffMedia } from "./sniff-media.ts";

/** What a file is by its first bytes, as far as that decides how it is treated; a picture where they say nothing. */
export async function sniffFile(path: string): Promise<Sniffed | { kind: "image"; format: "unknown" }> {
  await using file = await open(path, "r");
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
  return sniffMedia(buffer.subarray(0, bytesRead)) ?? { kind: "image", format: "unknown" };
}
