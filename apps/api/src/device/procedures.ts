import { authorizeDevice } from "./authorize-device.ts";
import { baseDeviceProcedure } from "./init.ts";

/** The two ways to build a procedure for screens. There is no other. */

/** For screens that have no token yet; `reason` says what proves who they are. */
export function openDeviceProcedure(_reason: string) {
  return baseDeviceProcedure;
}

/** For a paired screen whose key is not revoked. */
export const deviceProcedure = baseDeviceProcedure.use(async ({ ctx, next }) => {
  return next({ ctx: { ...ctx, ...(await authorizeDevice(ctx.services, ctx.authorization)) } });
});
