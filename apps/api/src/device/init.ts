import { initTRPC, type TRPCError } from "@trpc/server";
import { formatFailure, toProcedureError } from "../trpc/errors.ts";
import type { DeviceContext } from "./device-context.ts";

const t = initTRPC.context<DeviceContext>().create({
  isDev: false,
  errorFormatter: formatFailure,
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
  const { services, requestId } = ctx;
  return toProcedureError(error, { log: services.log, requestId, path }, "procedure of a screen failed");
}
