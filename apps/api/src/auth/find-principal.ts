import type { FastifyRequest } from "fastify";
import type { Services } from "../services.ts";
import { findApiKeyPrincipal } from "./api-keys.ts";
import { type CookieName, readCookie } from "./cookie.ts";
import type { Principal } from "./principal.ts";

/** Who a request comes from: an API key where the header has one, else the session cookie; null for nobody. */
export async function findPrincipal(services: Services, request: FastifyRequest): Promise<Principal | null> {
  if (request.headers.authorization !== undefined) {
    return findApiKeyPrincipal(services, request.headers.authorization, request.ip);
  }
  const token = tokenOf(request, "vitrine_session");
  const found = token === null ? null : await services.sessions.find(token);
  return found?.principal ?? null;
}

/** The secret of a request's cookie, or null. */
export function tokenOf(request: FastifyRequest, name: CookieName): string | null {
  return readCookie(name, request.headers.cookie, request.protocol === "https");
}
