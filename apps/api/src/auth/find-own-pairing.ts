import type { pollPairingInput } from "@vitrine/core/model/device-protocol";
import { appError } from "@vitrine/core/model/errors";
import type { PairingStanding } from "@vitrine/db/auth";
import type * as z from "zod";
import type { DeviceContext } from "../device/device-context.ts";
import { isSignedBy, pairingText } from "./device-keys.ts";
import { deviceCodeHash } from "./pairing-codes.ts";

const POLLS = { limit: 60, windowMs: 60_000 };

/**
 * The pairing that the caller started, proven by its key; undefined for a code that is not known (any more). Errors:
 * DEVICE_SIGNATURE_WRONG, TOO_MANY_REQUESTS for more than one call a second.
 */
export async function findOwnPairing(
  { services }: DeviceContext,
  { deviceCode, signature }: z.infer<typeof pollPairingInput>,
): Promise<(PairingStanding & { deviceCodeHash: string }) | undefined> {
  const hash = deviceCodeHash(deviceCode);
  services.rateLimits.take("pairing.poll", hash, POLLS);
  const pairing = await services.authDatabase.findPairing(hash);
  if (!pairing) return undefined;
  if (!isSignedBy(pairing.publicKey, pairingText(deviceCode), signature))
    throw appError("DEVICE_SIGNATURE_WRONG");
  return { ...pairing, deviceCodeHash: hash };
}
