import { createHash, hash } from "node:crypto";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";

/** What a content's bytes amount to. `chunkList` is 32 raw bytes a MiB, in order. */
export type HashedContent = {
  sha256: string;
  sizeBytes: number;
  chunkList: Buffer;
  /** SHA-256 of the chunk list. */
  chunksSha256: string;
};

/** Hashes content while it streams by: as a whole and by the MiB. Pieces may have any length. */
export class ContentHash {
  readonly #whole = createHash("sha256");
  readonly #chunks: Buffer[] = [];
  #chunk = createHash("sha256");
  #chunkBytes = 0;
  #sizeBytes = 0;

  /** Takes the next piece. */
  update(piece: Uint8Array): void {
    this.#whole.update(piece);
    this.#sizeBytes += piece.byteLength;
    for (let at = 0; at < piece.byteLength; ) {
      const part = piece.subarray(at, at + CHUNK_BYTES - this.#chunkBytes);
      this.#chunk.update(part);
      this.#chunkBytes += part.byteLength;
      at += part.byteLength;
      if (this.#chunkBytes === CHUNK_BYTES) this.#endChunk();
    }
  }

  /** Ends the content; no piece may follow. */
  finish(): HashedContent {
    if (this.#chunkBytes > 0) this.#endChunk();
    const chunkList = Buffer.concat(this.#chunks);
    return {
      sha256: this.#whole.digest("hex"),
      sizeBytes: this.#sizeBytes,
      chunkList,
      chunksSha256: hash("sha256", chunkList, "hex"),
    };
  }

  #endChunk(): void {
    this.#chunks.push(this.#chunk.digest());
    this.#chunk = createHash("sha256");
    this.#chunkBytes = 0;
  }
}
