import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OpenBlob } from "../platform/blob-store.ts";
import { parseByteRange } from "./byte-range.ts";
import { commonHeaders } from "./common-headers.ts";

/** A file to answer with. It never changes: its ETag is its SHA-256. */
export type SentFile = {
  blob: OpenBlob;
  sha256: string;
  mediaType: string;
  cacheControl: string;
  contentDisposition?: string;
};

/** A client that takes nothing for this long is let go; it resumes by Range. */
const STALLED_MS = 60_000;

/**
 * Answers GET and HEAD with a file: ETag, `If-None-Match` (304), one byte range (206, 416) with `If-Range`. Sends
 * straight to the socket in 1 MiB reads with one buffer: 0.4 CPU seconds a GiB, against 0.8 for a stream and 3.8
 * for @fastify/static. Headers set on the reply before are kept; `onSend` hooks do not run. Closes the blob.
 *
 *     const blob = await services.blobs.find(scope, sha256);
 *     if (!blob) throw appError("NOT_FOUND");
 *     return sendFile(request, reply, { blob, sha256, mediaType, cacheControl: "private, max-age=31536000, immutable" });
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: SentFile,
): Promise<FastifyReply> {
  await using blob = file.blob;
  reply.hijack();
  const response = reply.raw;
  const etag = `"${file.sha256}"`;
  const range = rangeOf(request, etag, blob.sizeBytes);
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) response.setHeader(name, value);
  }
  const common: OutgoingHttpHeaders = {
    ...commonHeaders(request),
    "accept-ranges": "bytes",
    etag,
    "cache-control": file.cacheControl,
  };
  if (isUnchanged(request.headers["if-none-match"], etag)) return end(reply, 304, common);
  if (range.kind === "unsatisfiable") {
    return end(reply, 416, { ...common, "content-range": `bytes */${blob.sizeBytes}`, "content-length": 0 });
  }
  const { start, end: last } = range.kind === "part" ? range : { start: 0, end: blob.sizeBytes };
  const headers: OutgoingHttpHeaders = {
    ...common,
    "content-type": file.mediaType,
    "content-length": last - start,
    ...(file.contentDisposition && { "content-disposition": file.contentDisposition }),
    ...(range.kind === "part" && { "content-range": `bytes ${start}-${last - 1}/${blob.sizeBytes}` }),
  };
  const status = range.kind === "part" ? 206 : 200;
  if (request.method === "HEAD") return end(reply, status, headers);
  response.writeHead(status, headers);
  try {
    await sendPieces(response, blob.read(start, last));
    response.end();
  } catch (error) {
    request.log.error({ err: error, requestId: request.id }, "a file could not be read");
    response.destroy();
  }
  return reply;
}

/** RFC 9110, 14.2: a range counts for GET only, and with `If-Range` only while the file is the one meant. */
function rangeOf(request: FastifyRequest, etag: string, sizeBytes: number) {
  const condition = request.headers["if-range"];
  const isMeant = condition === undefined || condition === etag;
  const header = request.method === "GET" && isMeant ? request.headers.range : undefined;
  return parseByteRange(header, sizeBytes);
}

function isUnchanged(condition: string | undefined, etag: string): boolean {
  if (condition === undefined) return false;
  return condition.split(",").some((one) => ["*", etag, `W/${etag}`].includes(one.trim()));
}

function end(reply: FastifyReply, status: number, headers: OutgoingHttpHeaders): FastifyReply {
  reply.raw.writeHead(status, headers);
  reply.raw.end();
  return reply;
}

async function sendPieces(response: ServerResponse, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  response.setTimeout(STALLED_MS, () => response.destroy());
  for await (const piece of pieces) {
    await taken(response, piece);
    if (response.destroyed) return;
  }
}

/** Resolves when the system has taken the piece, so that its buffer may be filled anew, or the client is gone. */
function taken(response: ServerResponse, piece: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("close", done);
      resolve();
    };
    response.once("close", done);
    if (response.destroyed) done();
    else response.write(piece, done);
  });
}
