import { appError } from "@vitrine/core/model/errors";
import type { Database } from "@vitrine/db/database";
import { organizationScope } from "@vitrine/db/scope";
import type { Clock } from "../platform/clock.ts";
import { RecentMap } from "../platform/recent-map.ts";
import { type DeviceKey, endFormerTicket, listDeviceKeys } from "./device-standing.ts";
import { sessionOf, type TicketOwner } from "./device-tickets.ts";
import type { DeviceBinding } from "./device-tokens.ts";

/**
 * Whether screens may still speak, from memory. What the database said of one counts while the reader of changes
 * keeps up, since every revocation is a change and is heard of then: at most `TRUST_MS` behind it, and at most
 * `MAX_TRUST_MS` after it was asked, for what is no change. A session that another process opened is heard of by a
 * signal between processes.
 */
export type DeviceAccess = {
  /**
   * Lets a screen through or throws: DEVICE_REVOKED for a key taken back, DEVICE_SESSION_EXPIRED for one that is not
   * known (any more) or for a session that is not its newest, BUSY while its organization is not active. Notes the
   * first call of a session.
   */
  require(binding: DeviceBinding): Promise<void>;
  /** The same by the screen's keys as the caller has just read them, whatever the session; gives the one in use. */
  requireKey(owner: TicketOwner, keys: readonly DeviceKey[]): DeviceKey;
  /** Knows a session that was just opened here: the one before it is refused from now on. */
  admit(binding: DeviceBinding): void;
  /** Asks the database again at the next call of this screen, or of all: something unknown changed. */
  forget(deviceId?: string): void;
  /** Refuses a screen from now on, before the database is asked again. */
  revoke(deviceId: string): void;
  isRevoked(deviceId: string): boolean;
};

export type DeviceAccessDeps = {
  database: Database;
  clock: Clock;
  /** Every change committed before this instant has been told here (epoch ms). */
  settledAtMs(): number;
  /** A screen is refused from now on. */
  onRevoked(deviceId: string): void;
};

export const TRUST_MS = 5_000;
export const MAX_TRUST_MS = 5 * 60_000;
const KNOWN_LEAST = 50_000;
const SUSPENDED_RETRY_SECONDS = 300;

type Known = {
  readonly publicKey: string;
  readonly session: string;
  readonly checkedAtMs: number;
  isUsed: boolean;
};

/** Makes the check of this process. */
export function makeDeviceAccess(deps: DeviceAccessDeps): DeviceAccess {
  const { database, clock, settledAtMs } = deps;
  const allowed = new RecentMap<Known>(KNOWN_LEAST);
  // Revocations are final; that many are remembered for longer than any read that was under way can take.
  const revoked = new RecentMap<true>(KNOWN_LEAST);
  // Counts what was learned otherwise than by asking: an answer asked for before it is not kept.
  let learned = 0;

  const isRevoked = (deviceId: string) => revoked.get(deviceId) === true;
  const requireKey = ({ deviceId, publicKey }: TicketOwner, keys: readonly DeviceKey[]) => {
    if (isRevoked(deviceId)) throw appError("DEVICE_REVOKED");
    const key = keys.find((one) => one.publicKey === publicKey);
    if (!key) throw appError("DEVICE_SESSION_EXPIRED");
    if (key.isRevoked) throw appError("DEVICE_REVOKED");
    if (!key.isOrganizationActive) throw appError("BUSY", { retryAfterSeconds: SUSPENDED_RETRY_SECONDS });
    return key;
  };
  const isTrusted = ({ checkedAtMs }: Known) => {
    const nowMs = clock.nowMs();
    return nowMs - checkedAtMs < MAX_TRUST_MS && nowMs - Math.max(checkedAtMs, settledAtMs()) < TRUST_MS;
  };
  const ask = async (binding: DeviceBinding): Promise<Known> => {
    const { deviceId, publicKey, session } = binding;
    const before = learned;
    const checkedAtMs = clock.nowMs();
    const scope = organizationScope(binding.organizationId);
    const key = requireKey(binding, await listDeviceKeys(database, scope, deviceId));
    if (key.ticketSha256 === null || sessionOf(key.ticketSha256) !== session) {
      throw appError("DEVICE_SESSION_EXPIRED");
    }
    const known = { publicKey, session, checkedAtMs, isUsed: key.formerTicketSha256 === null };
    if (learned === before) allowed.set(deviceId, known);
    return known;
  };
  return {
    isRevoked,
    requireKey,
    async require(binding) {
      const { deviceId, publicKey, session } = binding;
      const found = allowed.get(deviceId);
      const isKnown = found?.session === session && found.publicKey === publicKey && isTrusted(found);
      const known = isKnown && !isRevoked(deviceId) ? found : await ask(binding);
      if (known.isUsed) return;
      await endFormerTicket(database, binding);
      known.isUsed = true;
    },
    admit({ deviceId, publicKey, session }) {
      learned++;
      allowed.set(deviceId, { publicKey, session, checkedAtMs: clock.nowMs(), isUsed: false });
    },
    forget(deviceId) {
      learned++;
      if (deviceId === undefined) allowed.clear();
      else allowed.delete(deviceId);
    },
    revoke(deviceId) {
      allowed.delete(deviceId);
      revoked.set(deviceId, true);
      deps.onRevoked(deviceId);
    },
  };
}
