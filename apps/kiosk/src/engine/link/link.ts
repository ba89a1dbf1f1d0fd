import { DEVICE_PATHS, LIVE_LIMIT_BYTES } from "@vitrine/core/model/device-protocol";
import { createDeadline } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import {
  callProcedure,
  type ProcedureAnswer,
  type ProcedureInput,
  type ProcedureName,
} from "./device-api.ts";
import {
  type Connection,
  exchange,
  type HttpAnswer,
  type HttpRequest,
  type Network,
  toLinkError,
  UpgradeRefused,
} from "./http.ts";
import { isAppFailure, isUnreachable, LinkError } from "./link-error.ts";
import { createSession, type SessionDeps } from "./session.ts";

export interface LinkDeps extends SessionDeps {
  network: Network;
  faults: Faults;
  /** The server said that this screen is revoked. */
  onRevoked(): void;
  /** Whether the last call reached a server. */
  onReachable(isReachable: boolean): void;
}

export type LinkRequest = Omit<HttpRequest, "url"> & { path: string };

/** A response whose body is still to be read, under the caller's own time limits. */
export interface OpenResponse {
  status: number;
  headers: Headers;
  body: AsyncIterable<Uint8Array>;
}

/** Calls of a claimed screen to its server. All reject with `LinkError`, or with the signal's reason. */
export interface Link {
  call<Name extends ProcedureName>(
    name: Name,
    input: ProcedureInput<Name>,
    signal: AbortSignal,
  ): Promise<ProcedureAnswer<Name>>;
  /** A plain HTTP exchange; every status but 401 is an answer. */
  request(request: LinkRequest): Promise<HttpAnswer>;
  /** Opens a GET whose body is streamed; rejects for any status but 200 and 206. */
  open(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<OpenResponse>;
  /** Opens the screen's live connection; each text that comes is given to `onText`. The signal ends it. */
  connect(onText: (text: string) => void, signal: AbortSignal): Promise<Connection>;
  /** Asks the server whether the credential still holds; a revoked one is told by `onRevoked`. */
  checkCredential(signal: AbortSignal): Promise<void>;
}

const NOT_UNDERSTOOD = "server_not_understood";
const HEADERS_TIMEOUT_MS = 20_000;
const FAILURE_LIMIT_BYTES = 64 * 1024;

/** The link of one credential. A refused token is renewed and the call made once more. */
export function createLink(deps: LinkDeps): Link {
  const session = createSession(deps);

  const authorized = async <T>(
    subject: string,
    signal: AbortSignal,
    work: (token: string) => Promise<T>,
  ): Promise<T> => {
    try {
      const token = await session.getToken(signal);
      try {
        return reached(subject, await work(token));
      } catch (error) {
        if (!isTokenRefused(error)) throw error;
        session.discard(token);
        return reached(subject, await work(await session.getToken(signal)));
      }
    } catch (error) {
      if (isAppFailure(error, "DEVICE_REVOKED")) deps.onRevoked();
      if (error instanceof LinkError) {
        deps.onReachable(!isUnreachable(error));
        if (error.failure.kind === "malformed") deps.faults.raise(NOT_UNDERSTOOD, error.message, subject);
      }
      throw error;
    }
  };
  const reached = <T>(subject: string, value: T): T => {
    deps.faults.clear(NOT_UNDERSTOOD, subject);
    deps.onReachable(true);
    return value;
  };

  return {
    call: (name, input, signal) =>
      authorized(name, signal, async (token) => {
        const timed = await callProcedure(deps, name, input, { signal, token });
        if ("serverTime" in timed.value) {
          deps.serverClock.observe({ ...timed, serverMs: Date.parse(timed.value.serverTime) });
        }
        return timed.value;
      }),
    request: ({ path, headers, signal, ...rest }) =>
      authorized(path, signal, async (token) => {
        const answer = await exchange(deps, {
          ...rest,
          signal,
          url: `${deps.serverUrl}${path}`,
          headers: { ...headers, authorization: `Bearer ${token}` },
        });
        if (answer.status === 401) throw toLinkError(answer);
        return answer;
      }),
    open: (path, headers, signal) =>
      authorized(path, signal, (token) =>
        openStream(
          deps,
          `${deps.serverUrl}${path}`,
          { ...headers, authorization: `Bearer ${token}` },
          signal,
        ),
      ),
    connect: (onText, signal) =>
      authorized(DEVICE_PATHS.live, signal, (token) => openConnection(deps, token, onText, signal)),
    async checkCredential(signal) {
      session.discard(await session.getToken(signal).catch(() => ""));
      await authorized("session.open", signal, async () => undefined);
    },
  };
}

async function openConnection(
  { network, clock, serverUrl }: LinkDeps,
  token: string,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<Connection> {
  const abort = new AbortController();
  const stop = () => abort.abort(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  using deadline = createDeadline(clock, signal, HEADERS_TIMEOUT_MS);
  deadline.signal.addEventListener("abort", () => abort.abort(deadline.signal.reason), { once: true });
  try {
    const connection = await network.connect(`${serverUrl.replace(/^http/, "ws")}${DEVICE_PATHS.live}`, {
      headers: { authorization: `Bearer ${token}` },
      limitBytes: LIVE_LIMIT_BYTES,
      onText,
      signal: abort.signal,
    });
    void connection.closed.then(() => signal.removeEventListener("abort", stop));
    return connection;
  } catch (error) {
    signal.removeEventListener("abort", stop);
    signal.throwIfAborted();
    if (error instanceof UpgradeRefused) throw toLinkError(error.answer);
    throw new LinkError("The server could not be reached", { kind: "network" }, { cause: error });
  }
}

async function openStream(
  deps: LinkDeps,
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<OpenResponse> {
  const abort = new AbortController();
  const stop = () => abort.abort(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  using deadline = createDeadline(deps.clock, signal, HEADERS_TIMEOUT_MS);
  deadline.signal.addEventListener("abort", () => abort.abort(deadline.signal.reason), { once: true });
  let response: Response;
  try {
    response = await deps.network.fetch(url, { headers, redirect: "error", signal: abort.signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new LinkError("The server could not be reached", { kind: "network" }, { cause: error });
  }
  if (response.status === 200 || response.status === 206) {
    return { status: response.status, headers: response.headers, body: response.body ?? emptyBody() };
  }
  throw toLinkError({
    status: response.status,
    headers: response.headers,
    body: await readFailure(response),
  });
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

async function readFailure(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const part of response.body ?? emptyBody()) {
      parts.push(part);
      sizeBytes += part.length;
      if (sizeBytes > FAILURE_LIMIT_BYTES) break;
    }
  } catch {
    // The status alone says enough.
  }
  return Buffer.concat(parts);
}

function isTokenRefused(error: unknown): boolean {
  if (!(error instanceof LinkError)) return false;
  if (isAppFailure(error, "DEVICE_REVOKED")) return false;
  const { failure } = error;
  if (failure.kind === "http") return failure.status === 401;
  return isAppFailure(error, "DEVICE_SESSION_EXPIRED") || isAppFailure(error, "NOT_SIGNED_IN");
}
