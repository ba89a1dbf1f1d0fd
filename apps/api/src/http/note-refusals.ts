import { AppError } from "@vitrine/core/model/errors";
import type { FastifyInstance } from "fastify";
import { callerOf } from "../auth/find-principal.ts";
import type { Refusals } from "../auth/refusals.ts";

/** Puts on record what is refused before or beside procedures, by its route. */
export function noteRefusals(app: FastifyInstance, refusals: Refusals): void {
  app.addHook("onError", async (request, _reply, error: unknown) => {
    if (!(error instanceof AppError)) return;
    refusals.note({
      failure: error,
      path: `${request.method} ${request.routeOptions.url ?? "elsewhere"}`,
      requestId: request.id,
      remoteAddress: request.ip,
      caller: callerOf(request),
    });
  });
}
