import { createHash } from "node:crypto";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import type { ManifestFile } from "@vitrine/core/model/manifest";
import { toLinkError } from "../link/http.ts";
import type { Link } from "../link/link.ts";
import { LinkError } from "../link/link-error.ts";

export const HASH_BYTES = 32;

/** Number of MiB that a file is hashed by; the last may be short. */
export function chunkCountOf(file: ManifestFile): number {
  return Math.ceil(file.sizeBytes / CHUNK_BYTES);
}

/** Bytes of one chunk of a file. */
export function chunkSizeOf(file: ManifestFile, chunk: number): number {
  return Math.min(CHUNK_BYTES, file.sizeBytes - chunk * CHUNK_BYTES);
}

/** Whether these bytes are the file's own chunk list, as the signed manifest names it. */
export function isChunkListOf(file: ManifestFile, list: Uint8Array): boolean {
  return list.length === chunkCountOf(file) * HASH_BYTES && sha256Hex(list) === file.chunksSha256;
}

/** Whether `digest` is the list's hash of this chunk. */
export function isChunkHash(list: Uint8Array, chunk: number, digest: Uint8Array): boolean {
  return Buffer.compare(list.subarray(chunk * HASH_BYTES, (chunk + 1) * HASH_BYTES), digest) === 0;
}

/** The chunk list from the server, checked against the manifest. Rejects with `LinkError`. */
export async function fetchChunkList(
  link: Link,
  file: ManifestFile,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const answer = await link.request({
    path: `${DEVICE_PATHS.files}/${file.sha256}/chunks`,
    method: "GET",
    headers: { "accept-encoding": "identity" },
    timeoutMs: 60_000,
    limitBytes: chunkCountOf(file) * HASH_BYTES,
    signal,
  });
  if (answer.status !== 200) throw toLinkError(answer);
  if (!isChunkListOf(file, answer.body)) {
    throw new LinkError("The chunk list is not the one of the manifest", { kind: "malformed" });
  }
  return answer.body;
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
