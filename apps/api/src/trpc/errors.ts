import type { TRPCError } from "@trpc/server";
import { AppError, appError, type ErrorCode } from "@vitrine/core/model/errors";
import { findServerRefusal } from "@vitrine/db/errors";
import * as z from "zod";

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
  const constraint = uniqueViolation(cause);
  if (constraint !== undefined) {
    const code = CONSTRAINTS[constraint];
    if (code !== undefined) return appError(code);
  }
  const plain = PLAIN[error.code];
  return plain === undefined ? appError("INTERNAL") : plain();
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

function uniqueViolation(cause: unknown): string | undefined {
  const refusal = findServerRefusal(cause);
  return refusal?.code === "23505" ? refusal.constraint : undefined;
}
