import { initTRPC } from "@trpc/server";
import type { Permission } from "@vitrine/core/model/permissions";
import type { RequestContext } from "./context.ts";
import { formatFailure, toAppError, toProcedureError } from "./errors.ts";

/** Who may call a procedure: whoever holds a permission, whoever is signed in, or anybody. */
export type Access =
  | { kind: "permission"; permission: Permission }
  | { kind: "account" }
  | { kind: "open"; reason: string };

/** Whether password and second factor must have been given lately: for every call, or for some inputs. */
export type StepUp = "always" | "sometimes";

export type Meta = {
  access: Access;
  stepUp?: StepUp;
  /** Limited members hold the permission, and are refused all the same. */
  isOfWhole?: boolean;
};

const t = initTRPC
  .context<RequestContext>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter: formatFailure,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/**
 * The base of every procedure. Failures leave as codes of the catalogue; what is not in it is logged with the
 * request id and leaves as INTERNAL, and what was refused is put on record. Not exported to features: they build on `procedures.ts`.
 */
export const baseProcedure = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const { services, requestId, remoteAddress } = ctx;
  const failure = toAppError(result.error);
  services.refusals.note({ failure, path, requestId, remoteAddress, caller: ctx.caller() });
  throw toProcedureError(result.error, { log: services.log, requestId, path }, "procedure failed");
});
