import { AppError } from "@vitrine/core/model/errors";
import type { Services } from "../../services.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { createCallerFactory } from "../../trpc/init.ts";
import { appRouter } from "../../trpc/root.ts";

const createCaller = createCallerFactory(appRouter);

/** What a call came to: `OK` with its answer, or a code of the catalogue with its data. */
export interface CallOutcome {
  code: string;
  data: unknown;
}

/** The services without limits of rate, which are about how often and not about who. */
export function withoutLimits(services: Services): Services {
  return {
    ...services,
    rateLimits: { take: () => ({ remaining: 1, resetSeconds: 0 }), waitSeconds: () => 0 },
  };
}

/** Calls a procedure by its dotted path with the session of this token, or of nobody, in this process; who calls has just given their password. */
export async function callAs(
  services: Services,
  token: string | null,
  path: string,
  input: unknown,
): Promise<CallOutcome> {
  try {
    return { code: "OK", data: await procedureAt(createCaller(contextOf(services, token)), path)(input) };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof AppError) return { code: cause.code, data: cause.data };
    return { code: "INVALID_INPUT", data: String(error) };
  }
}

function contextOf(services: Services, token: string | null): RequestContext {
  const find = async () => {
    const found = token === null ? null : await services.sessions.find(token);
    if (!found) return null;
    const { actor, ...where } = found.principal;
    return { actor: { ...actor, steppedUpAt: services.clock.now() }, ...where };
  };
  return {
    services,
    requestId: services.newId(),
    remoteAddress: "192.0.2.7",
    userAgent: "test",
    contentOrigin: "http://content.test",
    accountOrigin: null,
    findHost: async () => ({ kind: "own" }),
    findPublicOrigin: async () => "http://dashboard.test",
    findMailOrigin: async () => "http://dashboard.test",
    findPrincipal: find,
    caller: () => null,
    findPrincipalAnew: find,
    findSession: (secret) => services.sessions.find(secret),
    sessionToken: () => token,
    requireSessionToken: () => token ?? "",
    afterAnswer: (work) => work(),
    tellLimit: () => {},
    setSessionCookie: () => {},
    deviceToken: () => null,
    setDeviceCookie: () => {},
    secondStepToken: () => null,
    setSecondStepCookie: () => {},
  };
}

/** Guarantee: a caller nests its procedures by the parts of their paths. */
function procedureAt(caller: unknown, path: string): (input: unknown) => Promise<unknown> {
  return path.split(".").reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), caller) as (
    input: unknown,
  ) => Promise<unknown>;
}
