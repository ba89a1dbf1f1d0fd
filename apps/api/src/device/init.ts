import { initTRPC, TRPCError } from "@trpc/server";
import { type AppErrorShape, ERRORS } from "@vitrine/core/model/errors";
import { toAppError } from "../trpc/errors.ts";
import type { DeviceContext } from "./device-context.ts";

const t = initTRPC.context<DeviceContext>().create({
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
});

export const deviceRouterOf = t.router;

/** The base of every procedure for screens: failures leave as codes of the catalogue, what is not in it is logged. */
export const baseDeviceProcedure = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  throw toDeviceFailure(ctx, path, result.error);
});

/** The failure of the catalogue that a procedure for screens ends with. */
export function toDeviceFailure(ctx: DeviceContext, path: string, error: TRPCError): TRPCError {
  const failure = toAppError(error);
  if (failure.code === "INTERNAL") {
    const err = error.cause ?? error;
    ctx.services.log.error({ requestId: ctx.requestId, path, err }, "procedure of a screen failed");
  }
  return new TRPCError({ code: ERRORS[failure.code].transport, message: failure.code, cause: failure });
}
