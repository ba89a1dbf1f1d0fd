import { createPublicKey } from "node:crypto";
import type { PairingOutcome, pollPairingInput } from "@vitrine/core/model/device-protocol";
import type * as z from "zod";
import { findOwnPairing } from "../../auth/find-own-pairing.ts";
import type { DeviceContext } from "../device-context.ts";

/** What has become of a pairing. Refused and unknown ones are `expired`: the screen begins anew. */
export async function pollPairing(
  ctx: DeviceContext,
  input: z.infer<typeof pollPairingInput>,
): Promise<PairingOutcome> {
  const pairing = await findOwnPairing(ctx, input);
  if (pairing?.state === "waiting") return { kind: "waiting" };
  if (pairing?.state !== "claimed") return { kind: "expired" };
  const { organizationId, organizationName, deviceId, vetoUntil } = pairing;
  if (organizationId === null || deviceId === null || organizationName === null || vetoUntil === null) {
    throw new Error("A claimed pairing does not say by whom");
  }
  const serverPublicKey = createPublicKey(ctx.services.manifestKey).export({ format: "jwk" }).x;
  if (serverPublicKey === undefined) throw new Error("The manifest key is not an Ed25519 key");
  return {
    kind: "claimed",
    organizationName,
    deviceId,
    organizationId,
    serverPublicKey,
    vetoUntil: vetoUntil.toISOString(),
  };
}
