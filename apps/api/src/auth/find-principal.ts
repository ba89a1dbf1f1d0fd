import { appError } from "@vitrine/core/model/errors";
import type { FastifyRequest } from "fastify";
import type { Services } from "../services.ts";
import { readHints } from "../tenancy/read-hints.ts";
import { resolveOrganization } from "../tenancy/resolve-organization.ts";
import { findApiKey, toProgram, useApiKey } from "./api-keys.ts";
import { isBrowserToken } from "./browser-tokens.ts";
import { type CookieName, readCookie } from "./cookie.ts";
import type { Principal } from "./principal.ts";
import { actingIn, type FoundSession } from "./sessions.ts";

/** Whom requests were found to come from, those that were refused then too. */
const callers = new WeakMap<FastifyRequest, Principal>();

/** Whom `findPrincipal` found a request to come from; null when it was not asked, or found nobody. */
export function callerOf(request: FastifyRequest): Principal | null {
  return callers.get(request) ?? null;
}

/**
 * Who a request comes from, and in which of their organizations they act: an API key where the header has one, else the
 * session cookie; null for nobody. Errors: API_KEY_INVALID, API_KEY_NETWORK, and ORGANIZATION_UNAVAILABLE for a key of
 * another organization than the request is for.
 */
export async function findPrincipal(services: Services, request: FastifyRequest): Promise<Principal | null> {
  if (request.headers.authorization !== undefined) {
    const key = await findApiKey(services, request.headers.authorization);
    const program = toProgram(key);
    callers.set(request, program);
    useApiKey(services, key, request.ip);
    const hints = await readHints(services, request);
    const resolved = resolveOrganization(hints, { candidates: [key], chosen: key, isProgram: true });
    if (resolved === "unavailable") throw appError("ORGANIZATION_UNAVAILABLE");
    return program;
  }
  const token = tokenOf(request, "vitrine_session");
  const found = token === null ? null : await findSession(services, request, token);
  if (!found) return null;
  callers.set(request, found.principal);
  return found.principal;
}

/** The live session with this secret, acting in the organization that the request is for; null when there is none. */
export async function findSession(
  services: Services,
  request: FastifyRequest,
  token: string,
): Promise<FoundSession | null> {
  const found = await services.sessions.find(token);
  if (!found) return null;
  const hints = await readHints(services, request);
  if (hints.length === 0) return found;
  const { organizations: candidates, current: chosen } = found;
  const resolved = resolveOrganization(hints, { candidates, chosen, isProgram: false });
  return actingIn(found, resolved, services.clock);
}

/** The secret by which a browser is known to those who have signed in from it, where we made it; or null. */
export function browserTokenOf({ mac }: Pick<Services, "mac">, request: FastifyRequest): string | null {
  const token = tokenOf(request, "vitrine_device");
  return token !== null && isBrowserToken(mac, token) ? token : null;
}

/** The secret of a request's cookie, or null. */
export function tokenOf(request: FastifyRequest, name: CookieName): string | null {
  return readCookie(name, request.headers.cookie, request.protocol === "https");
}
