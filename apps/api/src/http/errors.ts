import {
  AppError,
  type AppErrorShape,
  appError,
  ERRORS,
  type TransportCode,
} from "@vitrine/core/model/errors";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

const STATUS: Record<TransportCode, number> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  PRECONDITION_FAILED: 412,
  TOO_MANY_REQUESTS: 429,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/** HTTP status of a failure of the catalogue. */
export function statusOf(failure: AppError): number {
  return STATUS[ERRORS[failure.code].transport];
}

/** Answers a plain HTTP request with a failure of the catalogue, in the shape that tRPC's errors carry. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, failure: AppError): FastifyReply {
  return reply
    .code(statusOf(failure))
    .headers(retryHeaders([failure]))
    .header("cache-control", "no-store")
    .send(failureBody(request.id, failure));
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3), where failures say when to try again: of several, the longest. */
export function retryHeaders(failures: readonly AppError[]): Record<string, string> {
  const waits = failures.flatMap(({ data }) => ("retryAfterSeconds" in data ? [data.retryAfterSeconds] : []));
  return waits.length === 0 ? {} : { "retry-after": String(Math.max(...waits)) };
}

/** The body of such an answer. */
export function failureBody(requestId: string, failure: AppError): { error: AppErrorShape } {
  const { isRetryable } = ERRORS[failure.code];
  return { error: { code: failure.code, isRetryable, requestId, data: failure.data } };
}

/** Fastify's error handler: failures of the catalogue keep their code, everything unknown is INTERNAL and logged. */
export function handleError(
  error: FastifyError | AppError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof AppError) return sendFailure(request, reply, error);
  const status = error.statusCode ?? 500;
  if (status === 413) {
    const { bodyLimit } = request.routeOptions;
    return sendFailure(request, reply, badInput(`The request is larger than ${bodyLimit} bytes`));
  }
  if (status === 404) return sendFailure(request, reply, appError("NOT_FOUND"));
  if (status < 500) return sendFailure(request, reply, badInput("The request is not well formed"));
  request.log.error({ err: error }, "request failed");
  return sendFailure(request, reply, appError("INTERNAL"));
}

function badInput(message: string): AppError {
  return appError("INVALID_INPUT", { issues: [{ path: "", message }] });
}
