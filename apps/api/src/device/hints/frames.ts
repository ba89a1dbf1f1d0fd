import type { Hint } from "@vitrine/core/model/device-protocol";

/** One hint as it travels, made once and written to any number of streams. */
export function frameOf(hint: Hint): Buffer {
  return Buffer.from(`data: ${JSON.stringify(hint)}\n\n`);
}

/** A comment: says that the stream is alive, and nothing else. */
export const KEEP_ALIVE = Buffer.from(":\n\n");

/** Head of an answer that ends with its connection; the bytes after it are the events themselves. */
export const STREAM_HEAD = Buffer.from(
  [
    "HTTP/1.1 200 OK",
    "content-type: text/event-stream",
    "cache-control: no-store",
    "x-content-type-options: nosniff",
    "x-accel-buffering: no",
    "connection: close",
    "\r\n",
  ].join("\r\n"),
);
