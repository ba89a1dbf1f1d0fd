import { initTRPC, TRPCError } from "@trpc/server";
import { type AppErrorShape, ERRORS } from "@vitrine/core/model/errors";
import type { Permission } from "@vitrine/core/model/permissions";
import type { RequestContext } from "./context.ts";
import { toAppError } from "./errors.ts";

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
    errorFormatter({ shape, error, ctx }) {
      const failure = toAppError(error);
      const app: AppErrorShape = {
        code: failure.code,
        isRetryable: ERRORS[failure.code].isRetryable,
        requestId: ctx?.requestId ?? "",
        data: failure.data,
      };
      return {
        ...shape,
        message: failure.code,
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, app },
      };
    },
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
  const failure = toAppError(result.error);
  const { requestId, remoteAddress } = ctx;
  ctx.services.refusals.note({ failure, path, requestId, remoteAddress, caller: ctx.caller() });
  if (failure.code === "INTERNAL") {
    ctx.services.log.error({ requestId, path, err: result.error.cause ?? result.error }, "procedure failed");
  }
  throw new TRPCError({ code: ERRORS[failure.code].transport, message: failure.code, cause: failure });
});
