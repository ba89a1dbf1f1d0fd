import { createTRPCClient, httpBatchLink, type TRPCClient, TRPCClientError } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@vitrine/api/router";
import type { ErrorCode, ErrorData } from "@vitrine/core/model/errors";

export type ClientOptions = {
  /** Address of the server, such as `https://signage.example.com`. */
  server: string;
  /** API key made under Settings; it decides the organization and what the program may do. */
  apiKey: string;
  /** Milliseconds that one call may take; default 30,000. */
  timeoutMs?: number;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch;
};

/** The whole API, typed from end to end: `client.<area>.<procedure>.query(…)` or `.mutate(…)`. */
export type VitrineClient = TRPCClient<AppRouter>;

/** Inputs and outputs of each procedure by area: `Inputs["devices"]["list"]`. */
export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

/** Makes a client. Calls of the same tick travel in one request, at most ten. */
export function createClient({
  server,
  apiKey,
  timeoutMs = 30_000,
  fetch: own,
}: ClientOptions): VitrineClient {
  const send = own ?? fetch;
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: new URL("/trpc", server).href,
        maxItems: 10,
        headers: { authorization: `Bearer ${apiKey}` },
        fetch: (input, init) =>
          send(input, { ...init, signal: withTimeout(init?.signal, timeoutMs) } as RequestInit),
      }),
    ],
  });
}

/** A failure that the server explains: its code, the data that goes with it, and the request's id for support. */
export type VitrineError = {
  [Code in ErrorCode]: {
    code: Code;
    data: ErrorData<Code>;
    isRetryable: boolean;
    requestId: string;
  };
}[ErrorCode];

/** The server's explanation of a failed call, or undefined for a network failure and for anything else. */
export function explain(error: unknown): VitrineError | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const data: unknown = error.data;
  if (typeof data !== "object" || data === null || !("app" in data)) return undefined;
  return asExplained(data.app);
}

/** Guarantee: the server's error formatter puts nothing but a failure of the catalogue in `error.data.app`. */
function asExplained(app: unknown): VitrineError | undefined {
  const isShaped = typeof app === "object" && app !== null && "code" in app && "requestId" in app;
  return isShaped ? (app as VitrineError) : undefined;
}

function withTimeout(signal: AbortSignal | null | undefined, timeoutMs: number): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}
