import { appError } from "@vitrine/core/model/errors";
import type { Clock } from "../platform/clock.ts";

/** Signed requests that were used, so that none is used twice while its time still counts. */
export type DeviceNonces = {
  /** Uses a nonce of a screen whose signature was verified; false when it was used before. BUSY when full. */
  use(deviceId: string, nonce: string, issuedAtMs: number): boolean;
};

/** `issuedAt` may be this far off either way: after twice that, a signature is too old by itself. */
export const SIGNATURE_TOLERANCE_MS = 10 * 60_000;

const MAX_NONCES = 200_000;

/** Makes the memory of this process: bounded, since only what carries a valid signature is kept. */
export function makeDeviceNonces(clock: Clock, limit = MAX_NONCES): DeviceNonces {
  const used = new Map<string, number>();
  const forget = (nowMs: number) => {
    for (const [key, expiresAtMs] of used) if (expiresAtMs < nowMs) used.delete(key);
  };
  return {
    use(deviceId, nonce, issuedAtMs) {
      const key = `${deviceId}\0${nonce}`;
      if (used.has(key)) return false;
      if (used.size >= limit) forget(clock.nowMs());
      if (used.size >= limit) throw appError("BUSY", { retryAfterSeconds: 60 });
      used.set(key, issuedAtMs + SIGNATURE_TOLERANCE_MS);
      return true;
    },
  };
}
