import { type TRPCDefaultErrorShape, TRPCError } from "@trpc/server";
import { AppError, appError, ERRORS, type ErrorCode } from "@vitrine/core/model/errors";
import { findServerRefusal } from "@vitrine/db/errors";
import * as z from "zod";
import { failureBody } from "../http/errors.ts";
import type { Log } from "../platform/log.ts";

/** Unique constraints that people run into, by name: the one place where they become catalogue codes. */
const CONSTRAINTS: Readonly<Record<string, "EMAIL_TAKEN" | "SLUG_TAKEN">> = {
  users_email: "EMAIL_TAKEN",
  organization_slugs_pkey: "SLUG_TAKEN",
};

/** The failure of the catalogue that any error amounts to; INTERNAL for what is not expected. */
export function toAppError(error: TRPCError): AppError {
  const cause: unknown = error.cause;
  if (cause instanceof AppError) return cause;
  if (cause instanceof z.ZodError && error.code === "BAD_REQUEST") {
    return appError("INVALID_INPUT", {
      issues: cause.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
    });
  }
  if (isDeadlock(cause)) return appError("BUSY", { retryAfterSeconds: 1 });
  const constraint = uniqueViolation(cause);
  if (constraint !== undefined) {
    const code = CONSTRAINTS[constraint];
    if (code !== undefined) return appError(code);
  }
  const plain = PLAIN[error.code];
  return plain === undefined ? appError("INTERNAL") : plain();
}

/** The error that a procedure ends with when it failed: a code of the catalogue; what should not happen is logged. */
export function toProcedureError(
  error: TRPCError,
  { log, ...call }: { log: Log; requestId: string; path: string },
  what: string,
): TRPCError {
  const failure = toAppError(error);
  if (failure.code === "INTERNAL" || isDeadlock(error.cause))
    log.error({ ...call, err: error.cause ?? error }, what);
  return new TRPCError({ code: ERRORS[failure.code].transport, message: failure.code, cause: failure });
}

/** What leaves of a failure over tRPC: what the catalogue says of it, and the request's id. */
export function formatFailure({
  shape,
  error,
  ctx,
}: {
  shape: TRPCDefaultErrorShape;
  error: TRPCError;
  ctx: { requestId: string } | undefined;
}) {
  const { error: app } = failureBody(ctx?.requestId ?? "", toAppError(error));
  return {
    ...shape,
    message: app.code,
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, app },
  };
}

const PLAIN: Partial<Record<TRPCError["code"], () => AppError>> = {
  NOT_FOUND: () => appError("NOT_FOUND"),
  PARSE_ERROR: () => invalid("The body is not JSON"),
  BAD_REQUEST: () => invalid("The request is not well formed"),
  METHOD_NOT_SUPPORTED: () => invalid("Queries use GET, mutations POST"),
  UNSUPPORTED_MEDIA_TYPE: () => invalid("The content type must be application/json"),
};

function invalid(message: string): AppError<ErrorCode> {
  return appError("INVALID_INPUT", { issues: [{ path: "", message }] });
}

/** Two calls waited for each other, and this one was undone as a whole: asked again, it comes through. */
function isDeadlock(cause: unknown): boolean {
  return findServerRefusal(cause)?.code === "40P01";
}

function uniqueViolation(cause: unknown): string | undefined {
  const refusal = findServerRefusal(cause);
  return refusal?.code === "23505" ? refusal.constraint : undefined;
}
