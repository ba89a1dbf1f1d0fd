import type { pollPairingInput } from "@vitrine/core/model/device-protocol";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { findOwnPairing } from "../../auth/find-own-pairing.ts";
import type { DeviceContext } from "../device-context.ts";

/**
 * A person at the glass refuses the organization: the screen and its key are taken back, audited. NOT_FOUND when there
 * is no claim, or its 30 s are over; nothing is changed then.
 */
export async function refusePairing(
  ctx: DeviceContext,
  input: z.infer<typeof pollPairingInput>,
): Promise<Record<never, never>> {
  const { authDatabase, devices, events } = ctx.services;
  const pairing = await findOwnPairing(ctx, input);
  if (!pairing || !(await authDatabase.refusePairing(pairing.deviceCodeHash))) throw appError("NOT_FOUND");
  if (pairing.deviceId !== null) devices.access.revoke(pairing.deviceId);
  events.wake();
  return {};
}
