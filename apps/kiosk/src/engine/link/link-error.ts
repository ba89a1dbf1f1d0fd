import type { ErrorCode } from "@vitrine/core/model/errors";

/**
 * Why a call to the server gave no usable answer. `network` covers refused, cut and timed out; `malformed` an
 * answer that breaks the protocol; `http` a status without a reason of the catalogue; `app` one with.
 */
export type LinkFailure =
  | { kind: "network" }
  | { kind: "malformed" }
  | { kind: "http"; status: number }
  | { kind: "app"; code: ErrorCode; data: unknown };

/** A failed call. `retryAfterMs` is the server's wish, null where it told none. */
export class LinkError extends Error {
  readonly failure: LinkFailure;
  readonly retryAfterMs: number | null;
  constructor(text: string, failure: LinkFailure, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(text, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "LinkError";
    this.failure = failure;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Whether the failure is this one of the catalogue. */
export function isAppFailure(error: unknown, code: ErrorCode): boolean {
  return error instanceof LinkError && error.failure.kind === "app" && error.failure.code === code;
}

/** Whether the server could not be reached at all, as against one that answered. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof LinkError)) return false;
  const { failure } = error;
  return failure.kind === "network" || (failure.kind === "http" && failure.status >= 500);
}
