import { appError } from "@vitrine/core/model/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sessionCookie } from "../auth/cookie.ts";
import { findPrincipal, sessionTokenOf } from "../auth/find-principal.ts";
import type { Principal } from "../auth/principal.ts";
import type { Services } from "../services.ts";
import type { RequestContext } from "../trpc/context.ts";
import { contentOriginOf, publicOriginOf } from "./origins.ts";

/** Makes what procedures are given from one HTTP request. `contentPort` is known once that listener listens. */
export function makeContextFactory(services: Services, contentPort: () => number) {
  return (request: FastifyRequest, reply: FastifyReply): RequestContext => {
    let principal: Promise<Principal | null> | undefined;
    let token = sessionTokenOf(request);
    return {
      services,
      requestId: request.id,
      remoteAddress: request.ip,
      userAgent: request.headers["user-agent"] ?? "",
      contentOrigin: contentOriginOf(services.config, request, contentPort()),
      publicOrigin: publicOriginOf(services.config, request),
      findPrincipal: () => {
        principal ??= findPrincipal(services, request);
        return principal;
      },
      findPrincipalAnew: () => findPrincipal(services, request),
      sessionToken: () => token,
      requireSessionToken: () => {
        if (token === null) throw appError("NOT_SIGNED_IN");
        return token;
      },
      setSessionCookie: (session) => {
        token = session?.token ?? null;
        principal = undefined;
        reply.header("set-cookie", sessionCookie(session, request.protocol === "https"));
      },
    };
  };
}
