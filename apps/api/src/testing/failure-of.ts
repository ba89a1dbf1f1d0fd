import { TRPCError } from "@trpc/server";
import { AppError } from "@vitrine/core/model/errors";
import * as z from "zod";

/** The code and data with which a call is refused; throws when it is not, or with something outside the catalogue. */
export async function failureOf(call: Promise<unknown>): Promise<{ code: string; data: unknown }> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AppError) return { code: cause.code, data: cause.data };
  if (error instanceof TRPCError && cause instanceof z.ZodError) {
    const issues = cause.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    return { code: "INVALID_INPUT", data: { issues } };
  }
  throw new Error(`Not refused: ${String(error)}`);
}

/** The code alone. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  return (await failureOf(call)).code;
}
