import { appError } from "@vitrine/core/model/errors";
import type { Database } from "@vitrine/db/database";
import { organizationScope } from "@vitrine/db/scope";
import type { Clock } from "../platform/clock.ts";
import { type DeviceKey, listDeviceKeys } from "./device-standing.ts";
import type { DeviceBinding } from "./device-tokens.ts";

/** Whether screens may still speak: what the database said at most 5 s ago, and every revocation told since. */
export type DeviceAccess = {
  /**
   * Lets a screen through or throws: DEVICE_REVOKED for a key taken back, DEVICE_SESSION_EXPIRED for one that is not
   * known (any more), BUSY while its organization is not active.
   */
  require(binding: DeviceBinding): Promise<void>;
  /** The same by the screen's keys as the caller has just read them; gives the one in use. */
  requireKey(binding: DeviceBinding, keys: readonly DeviceKey[]): DeviceKey;
  /** Refuses a screen from now on, before the database is asked again. */
  revoke(deviceId: string): void;
  isRevoked(deviceId: string): boolean;
};

const TRUST_MS = 5_000;
/** Revocations are final; they are remembered for longer than any read that was under way can take. */
const REMEMBER_MS = 120_000;
const MAX_ENTRIES = 50_000;
const SUSPENDED_RETRY_SECONDS = 300;

/** Makes the check of this process. */
export function makeDeviceAccess({ database, clock }: { database: Database; clock: Clock }): DeviceAccess {
  const allowed = new Map<string, { publicKey: string; checkedAtMs: number }>();
  const revoked = new Map<string, number>();

  const isRevoked = (deviceId: string) => revoked.has(deviceId);
  const requireKey = ({ deviceId, publicKey }: DeviceBinding, keys: readonly DeviceKey[]) => {
    if (isRevoked(deviceId)) throw appError("DEVICE_REVOKED");
    const key = keys.find((one) => one.publicKey === publicKey);
    if (!key) throw appError("DEVICE_SESSION_EXPIRED");
    if (key.isRevoked) throw appError("DEVICE_REVOKED");
    if (!key.isOrganizationActive) throw appError("BUSY", { retryAfterSeconds: SUSPENDED_RETRY_SECONDS });
    return key;
  };
  return {
    isRevoked,
    requireKey,
    async require(binding) {
      const { deviceId, publicKey } = binding;
      const startedAtMs = clock.nowMs();
      const known = allowed.get(deviceId);
      const isFresh = known?.publicKey === publicKey && startedAtMs - known.checkedAtMs < TRUST_MS;
      if (isFresh && !isRevoked(deviceId)) return;
      const scope = organizationScope(binding.organizationId);
      requireKey(binding, await listDeviceKeys(database, scope, deviceId));
      keep(allowed, deviceId, { publicKey, checkedAtMs: startedAtMs });
    },
    revoke(deviceId) {
      const nowMs = clock.nowMs();
      allowed.delete(deviceId);
      keep(revoked, deviceId, nowMs);
      for (const [id, atMs] of revoked) {
        if (nowMs - atMs < REMEMBER_MS) break;
        revoked.delete(id);
      }
    },
  };
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > MAX_ENTRIES ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
