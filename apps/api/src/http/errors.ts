import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
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
  return failing(reply, failure).send(failureBody(request.id, failure));
}

/** The same for a request at `/trpc` that was refused before it came to a procedure: as tRPC answers, for its clients. */
export function sendTrpcFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  failure: AppError,
): FastifyReply {
  const { transport } = ERRORS[failure.code];
  const { error: app } = failureBody(request.id, failure);
  const data = { code: transport, httpStatus: STATUS[transport], app };
  return failing(reply, failure).send({
    error: { message: failure.code, code: TRPC_ERROR_CODES_BY_KEY[transport], data },
  });
}

function failing(reply: FastifyReply, failure: AppError): FastifyReply {
  return reply
    .code(statusOf(failure))
    .headers(retryHeaders([failure]))
    .header("cache-control", "no-store");
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

/** Fastify's error handler, which answers by `send`: failures of the catalogue keep their code, everything unknown is INTERNAL and logged. */
export function handleErrors(send: typeof sendFailure) {
  return (error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const failure = toFailure(error, request);
    if (failure.code === "INTERNAL") request.log.error({ err: error }, "request failed");
    return send(request, reply, failure);
  };
}

function toFailure(error: FastifyError | AppError, { routeOptions }: FastifyRequest): AppError {
  if (error instanceof AppError) return error;
  const status = error.statusCode ?? 500;
  if (status === 413) return badInput(`The request is larger than ${routeOptions.bodyLimit} bytes`);
  if (status === 404) return appError("NOT_FOUND");
  return status < 500 ? badInput("The request is not well formed") : appError("INTERNAL");
}

function badInput(message: string): AppError {
  return appError("INVALID_INPUT", { issues: [{ path: "", message }] });
}
