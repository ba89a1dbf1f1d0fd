import { type AppErrorShape, appErrorShape } from "@vitrine/core/model/errors";
import * as z from "zod";
import { type Clock, createDeadline, type Deadline } from "../platform/clock.ts";
import { LinkError } from "./link-error.ts";

/** The network, passed in: the platform's own or one that misbehaves on purpose. */
export interface Network {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Opens a WebSocket. Rejects with `UpgradeRefused` when the server answers otherwise, and as `fetch` does when nobody answers. */
  connect(url: string, options: ConnectOptions): Promise<Connection>;
}

export interface ConnectOptions {
  headers: Record<string, string>;
  /** A longer text from the other end closes the connection. */
  limitBytes: number;
  onText(text: string): void;
  /** Ends the opening, and afterwards the connection. */
  signal: AbortSignal;
}

export interface Connection {
  /** What is said on a connection that is closing is lost. */
  send(text: string): void;
  close(): void;
  /** Resolves once it is gone, for whatever reason. */
  readonly closed: Promise<void>;
}

/** The answer of a server that did not want a connection. */
export class UpgradeRefused extends Error {
  readonly answer: HttpAnswer;
  constructor(answer: HttpAnswer) {
    super(`The server answered ${answer.status}`);
    this.answer = answer;
  }
}

export interface HttpDeps {
  network: Pick<Network, "fetch">;
  clock: Clock;
}

export interface HttpRequest {
  url: string;
  method: "GET" | "POST" | "PUT";
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** Bound for the head of the answer and for each 16 KiB of its body. */
  timeoutMs: number;
  limitBytes: number;
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  body: Uint8Array;
}

/** One exchange with a bounded body. Statuses of failure are answers here; only a broken exchange rejects (`LinkError`). */
export async function exchange(deps: HttpDeps, request: HttpRequest): Promise<HttpAnswer> {
  using deadline = createDeadline(deps.clock, request.signal, request.timeoutMs);
  try {
    const response = await deps.network.fetch(request.url, {
      method: request.method,
      headers: request.headers ?? {},
      body: request.body ?? null,
      redirect: "error",
      signal: deadline.signal,
    });
    const body = await readLimited(response, request.limitBytes, deadline);
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof LinkError) throw error;
    throw new LinkError("The server could not be reached", { kind: "network" }, { cause: error });
  }
}

/** What the server said instead of an answer, as a `LinkError`. */
export function toLinkError(answer: Pick<HttpAnswer, "status" | "headers" | "body">): LinkError {
  const app = findAppError(answer.body);
  if (app) return appFailure(app, answer.headers);
  const retryAfterMs = findRetryAfterMs(answer.headers, undefined);
  const options = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new LinkError(
    `The server answered ${answer.status}`,
    { kind: "http", status: answer.status },
    options,
  );
}

/** A failure of the catalogue, as a `LinkError`. */
export function appFailure({ code, data }: AppErrorShape, headers = new Headers()): LinkError {
  const retryAfterMs = findRetryAfterMs(headers, data);
  return new LinkError(code, { kind: "app", code, data }, retryAfterMs === undefined ? {} : { retryAfterMs });
}

const trpcFailure = z.object({ error: z.object({ data: z.object({ app: appErrorShape }) }) });
const plainFailure = z.object({ error: appErrorShape });
const retryData = z.object({ retryAfterSeconds: z.number().min(0) });

function findAppError(body: Uint8Array) {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
  return (
    trpcFailure.safeParse(json).data?.error.data.app ??
    plainFailure.safeParse(json).data?.error ??
    appErrorShape.safeParse(json).data
  );
}

function findRetryAfterMs(headers: Headers, data: unknown): number | undefined {
  const told = retryData.safeParse(data).data?.retryAfterSeconds ?? Number(headers.get("retry-after") ?? "x");
  return Number.isFinite(told) ? Math.min(told, 3600) * 1000 : undefined;
}

const PACE_BYTES = 16 * 1024;

async function readLimited(response: Response, limitBytes: number, deadline: Deadline): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  let pacedBytes = 0;
  for await (const part of response.body) {
    sizeBytes += part.length;
    if (sizeBytes > limitBytes) {
      throw new LinkError(`The answer is larger than ${limitBytes} bytes`, { kind: "malformed" });
    }
    parts.push(part);
    pacedBytes += part.length;
    if (pacedBytes < PACE_BYTES) continue;
    pacedBytes = 0;
    deadline.extend();
  }
  return Buffer.concat(parts);
}
