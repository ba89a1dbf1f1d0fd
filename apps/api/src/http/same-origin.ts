import { appError } from "@vitrine/core/model/errors";
import type { FastifyRequest } from "fastify";

/**
 * Refuses a request that a page of another site could have caused with this person's cookie: throws
 * CROSS_SITE_REQUEST unless the browser says `same-origin`, or the Origin is ours. Programs send neither
 * header and carry no cookie; for them this decides nothing.
 */
export function requireSameOrigin(request: FastifyRequest, publicOrigin: string): void {
  if (request.headers.cookie === undefined) return;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") throw appError("CROSS_SITE_REQUEST");
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== publicOrigin) throw appError("CROSS_SITE_REQUEST");
}
