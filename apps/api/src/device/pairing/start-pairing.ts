import { createPublicKey } from "node:crypto";
import type { startedPairing, startPairingInput } from "@vitrine/core/model/device-protocol";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { deviceCodeHash, makeDeviceCode, makeUserCode, userCodeHash } from "../../auth/pairing-codes.ts";
import { networkOf } from "../../platform/networks.ts";
import type { DeviceContext } from "../device-context.ts";
import { cleanHardware } from "../hostile-input.ts";
import { LIFE_MS, takeStart } from "./start-limits.ts";

const POLL_EVERY_MS = 2_000;
const DRAWS = 5;

/**
 * Gives a screen a code for its glass, good for 10 minutes and for one use, and one of its own to poll with. Errors:
 * TOO_MANY_REQUESTS by network, and in all for networks that ask for more than a few.
 */
export async function startPairing(
  { services, remoteAddress, publicOrigin }: DeviceContext,
  { publicKey, hardware }: z.infer<typeof startPairingInput>,
): Promise<z.infer<typeof startedPairing>> {
  const { rateLimits, clock, authDatabase, mac, newId } = services;
  requireKey(publicKey);
  takeStart(rateLimits, networkOf(remoteAddress));
  const deviceCode = makeDeviceCode();
  const expiresAt = new Date(clock.nowMs() + LIFE_MS);
  for (let draw = 0; draw < DRAWS; draw++) {
    const userCode = makeUserCode();
    const isFree = await authDatabase.startPairing({
      id: newId(),
      deviceCodeHash: deviceCodeHash(deviceCode),
      userCodeHash: userCodeHash(mac, userCode),
      publicKey,
      hardware: cleanHardware(hardware),
      remoteAddress,
      expiresAt,
    });
    if (!isFree) continue;
    return {
      deviceCode,
      userCode,
      claimUrl: `${publicOrigin}/pair?code=${userCode}`,
      expiresAt: expiresAt.toISOString(),
      pollEveryMs: POLL_EVERY_MS,
    };
  }
  throw appError("BUSY", { retryAfterSeconds: 10 });
}

function requireKey(publicKey: string): void {
  try {
    createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
  } catch {
    throw appError("INVALID_INPUT", { issues: [{ path: "publicKey", message: "Not an Ed25519 key" }] });
  }
}
