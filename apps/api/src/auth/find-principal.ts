import type { FastifyRequest } from "fastify";
import type { Services } from "../services.ts";
import { findApiKeyPrincipal } from "./api-keys.ts";
import { readSessionCookie } from "./cookie.ts";
import type { Principal } from "./principal.ts";

/** Who a request comes from: an API key where the header has one, else the session cookie; null for nobody. */
export async function findPrincipal(services: Services, request: FastifyRequest): Promise<Principal | null> {
  if (request.headers.authorization !== undefined) {
    return findApiKeyPrincipal(services, request.headers.authorization, request.ip);
  }
  const token = sessionTokenOf(request);
  const found = token === null ? null : await services.sessions.find(token);
  return found?.principal ?? null;
}

/** The session cookie's secret, or null. */
export function sessionTokenOf(request: FastifyRequest): string | null {
  return readSessionCookie(request.headers.cookie, request.protocol === "https");
}
