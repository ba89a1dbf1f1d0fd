import type { IncomingMessage, ServerResponse } from "node:http";
import { ERRORS, type ErrorCode } from "@vitrine/core/model/errors";
import type { TestFile } from "./test-content.ts";

/** A failure of the catalogue, as the answer to a request. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly data: unknown;
  constructor(code: ErrorCode, data: unknown = {}) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

/** The request was carried out, and the connection breaks before its answer. */
export class LostAnswer extends Error {}

/** Everything that was sent with a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

/** Answers as a procedure that gave `data`. */
export function sendResult(response: ServerResponse, data: unknown): void {
  sendJson(response, 200, { result: { data } });
}

/** Answers as the error of a procedure: `INTERNAL` for whatever is no `Refusal`. */
export function sendFailure(response: ServerResponse, error: unknown): void {
  if (error instanceof LostAnswer) return void response.destroy();
  const code = error instanceof Refusal ? error.code : "INTERNAL";
  const data = error instanceof Refusal ? error.data : {};
  const status = ERRORS[code].transport === "UNAUTHORIZED" ? 401 : code === "INTERNAL" ? 500 : 404;
  const app = { code, isRetryable: ERRORS[code].isRetryable, requestId: "r", data };
  sendJson(response, status, { error: { message: String(error), code: -32000, data: { app } } });
}

/** A manifest's bytes with what proves and names them. */
export interface SignedManifest {
  body: Buffer;
  signature: string;
  etag: string;
}

/** Answers with the manifest, or with 304 to who has it. */
export function sendManifest(
  request: IncomingMessage,
  response: ServerResponse,
  { body, signature, etag }: SignedManifest,
): void {
  const headers = {
    etag: `"${etag}"`,
    "x-vitrine-signature": signature,
    "content-type": "application/json",
  };
  if (request.headers["if-none-match"] === `"${etag}"`) return void response.writeHead(304, headers).end();
  response.writeHead(200, { ...headers, "content-length": body.length }).end(body);
}

/** Answers with the file, or with the range of it that was asked for; gives the number of bytes. */
export function sendFile(request: IncomingMessage, response: ServerResponse, { bytes }: TestFile): number {
  const range = /^bytes=(\d+)-(\d+)?$/.exec(request.headers.range ?? "");
  const start = Number(range?.[1] ?? 0);
  const end = Math.min(Number(range?.[2] ?? bytes.length - 1), bytes.length - 1);
  const part = bytes.subarray(start, end + 1);
  const headers = {
    "content-length": part.length,
    "content-range": `bytes ${start}-${end}/${bytes.length}`,
  };
  response.writeHead(range ? 206 : 200, headers);
  response.end(part);
  return part.length;
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
