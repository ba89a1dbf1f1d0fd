import { appError } from "@vitrine/core/model/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { makeCookie } from "../auth/cookie.ts";
import { browserTokenOf, callerOf, findPrincipal, findSession, tokenOf } from "../auth/find-principal.ts";
import type { Principal } from "../auth/principal.ts";
import type { Services } from "../services.ts";
import { limitHeaders } from "../trpc/call-limits.ts";
import type { RequestContext } from "../trpc/context.ts";
import { accountOriginOf, contentOriginOf, expectedOriginOf, mailOriginOf } from "./origins.ts";

/** Makes what procedures are given from one HTTP request. `contentPort` is known once that listener listens. */
export function makeContextFactory(services: Services, contentPort: () => number) {
  return (request: FastifyRequest, reply: FastifyReply): RequestContext => {
    let principal: Promise<Principal | null> | undefined;
    let token = tokenOf(request, "vitrine_session");
    const isSecure = request.protocol === "https";
    let nearest = Number.POSITIVE_INFINITY;
    return {
      services,
      requestId: request.id,
      remoteAddress: request.ip,
      userAgent: (request.headers["user-agent"] ?? "").slice(0, 300),
      contentOrigin: contentOriginOf(services.config, request, contentPort()),
      accountOrigin: accountOriginOf(services, request),
      findHost: () => services.hosts.find(request.host),
      findPublicOrigin: () => expectedOriginOf(services, request),
      findMailOrigin: () => mailOriginOf(services, request),
      findPrincipal: () => {
        principal ??= findPrincipal(services, request);
        return principal;
      },
      caller: () => callerOf(request),
      findPrincipalAnew: () => findPrincipal(services, request),
      findSession: (secret) => findSession(services, request, secret),
      sessionToken: () => token,
      requireSessionToken: () => {
        if (token === null) throw appError("NOT_SIGNED_IN");
        return token;
      },
      afterAnswer: (work) => {
        if (reply.raw.destroyed) work();
        else reply.raw.once("close", work);
      },
      tellLimit: (limit) => {
        const share = limit.remaining / limit.limit;
        if (share >= nearest || reply.sent) return;
        nearest = share;
        reply.headers(limitHeaders(limit));
      },
      setSessionCookie: (session) => {
        token = session?.token ?? null;
        principal = undefined;
        reply.header("set-cookie", makeCookie("vitrine_session", session, isSecure));
      },
      deviceToken: () => browserTokenOf(services, request),
      setDeviceCookie: (device) => {
        reply.header("set-cookie", makeCookie("vitrine_device", device, isSecure));
      },
      secondStepToken: () => tokenOf(request, "vitrine_second_step"),
      setSecondStepCookie: (step) => {
        reply.header("set-cookie", makeCookie("vitrine_second_step", step, isSecure));
      },
    };
  };
}
