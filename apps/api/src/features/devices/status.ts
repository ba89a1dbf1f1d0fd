import type { DeviceCondition, DeviceStatus, OFFLINE_REASONS } from "@vitrine/core/model/device";

/** Without a beat for this long, a screen is offline: two beats of 30 s and half of one for the way. */
export const OFFLINE_AFTER_MS = 75_000;
/** A restart of the stage is trouble for this long after it was first heard of. */
export const RESTART_TROUBLE_MS = 5 * 60_000;
/** Playing something else than it should, or confirming nothing, is trouble after this long. */
export const BEHIND_TROUBLE_MS = 5 * 60_000;
export const UNCONFIRMED_TROUBLE_MS = 60_000;

export type OfflineReason = (typeof OFFLINE_REASONS)[number];

export type BeatFacts = {
  /** The stage itself confirmed a picture of content. */
  isShowing: boolean;
  /** Files of the newest manifest are still missing. */
  isSyncing: boolean;
  /** Its newest manifest holds something to play. */
  hasContent: boolean;
  faultCount: number;
  /** Since the stage was restarted by its watchdog; null when it was not, or long ago. */
  sinceRestartMs: number | null;
  /** For how long it has not had the newest manifest active; 0 when it has. */
  behindMs: number;
  /** For how long it has had something to play and confirmed nothing; 0 while it confirms. */
  unconfirmedMs: number;
};

/**
 * The condition of a screen at one beat. `playing` takes the stage's own confirmation and nothing less; a fault it
 * reports, a stage restarted in the last 5 minutes, a manifest ignored for 5 minutes, or content and yet no picture
 * for a minute are `trouble`.
 */
export function judgeBeat(facts: BeatFacts): DeviceCondition {
  if (facts.faultCount > 0) return "trouble";
  if (facts.sinceRestartMs !== null && facts.sinceRestartMs < RESTART_TROUBLE_MS) return "trouble";
  if (facts.isShowing) {
    return facts.behindMs >= BEHIND_TROUBLE_MS && !facts.isSyncing ? "trouble" : "playing";
  }
  if (!facts.hasContent) return "idle";
  if (facts.isSyncing) return "syncing";
  return facts.unconfirmedMs >= UNCONFIRMED_TROUBLE_MS ? "trouble" : "syncing";
}

export type StatusFacts = {
  /** False once revoked. */
  isActive: boolean;
  lastHeardAtMs: number | null;
  /** The last beat announced an orderly stop. */
  isStopping: boolean;
  /** As judged at the last beat. */
  condition: DeviceCondition | null;
};

export type StatusView = { status: DeviceStatus; offlineReason: OfflineReason | null };

/** What can honestly be said of a screen at `nowMs`. `status-sql.ts` says the same to the database. */
export function deriveStatus(facts: StatusFacts, nowMs: number): StatusView {
  if (!facts.isActive) return { status: "revoked", offlineReason: "revoked" };
  if (facts.lastHeardAtMs === null) return { status: "never", offlineReason: "never_connected" };
  if (facts.isStopping) return { status: "offline", offlineReason: "stopped_on_purpose" };
  if (nowMs - facts.lastHeardAtMs > OFFLINE_AFTER_MS) {
    return { status: "offline", offlineReason: "connection_lost" };
  }
  return { status: facts.condition ?? "syncing", offlineReason: null };
}
