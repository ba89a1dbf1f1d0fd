import type { OrganizationScope } from "@vitrine/db/scope";

/** What was stored, by its content. */
export type StoredBlob = {
  sha256: string;
  sizeBytes: number;
  /** SHA-256 of the chunk list: 32 raw bytes a MiB, in order. */
  chunksSha256: string;
};

/** A blob open for reading; its size is fixed. */
export type OpenBlob = AsyncDisposable & {
  readonly sizeBytes: number;
  /** The bytes `[start, end)` in order, in pieces of at most 1 MiB; each is valid until the next is asked for. */
  read(start: number, end: number, signal?: AbortSignal): AsyncIterable<Uint8Array>;
};

/**
 * Files by the SHA-256 of their content, each organization's apart: the same bytes in two organizations are two
 * blobs, so that nothing tells whether another one has them. The same bytes twice in one are stored once. What is
 * stored survives a loss of power. Local disk implements it; an S3-compatible store can.
 */
export type BlobStore = {
  /** Stores a stream; nothing of it is kept when it fails. */
  write(
    scope: OrganizationScope,
    pieces: AsyncIterable<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<StoredBlob>;
  /**
   * Stores the file at `path`, which stays where it is and must not be written to any more: where the file
   * system can, both names share the bytes.
   */
  adopt(scope: OrganizationScope, path: string, signal?: AbortSignal): Promise<StoredBlob>;
  /** Opens a blob; undefined when this organization has none of that hash. */
  find(scope: OrganizationScope, sha256: string): Promise<OpenBlob | undefined>;
  /** A blob's chunk list; undefined when this organization has none of that hash. */
  findChunkList(scope: OrganizationScope, sha256: string): Promise<Buffer | undefined>;
};
