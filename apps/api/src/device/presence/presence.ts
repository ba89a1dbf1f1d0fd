import type { DeviceCondition } from "@vitrine/core/model/device";
import type { Heartbeat } from "@vitrine/core/model/device-protocol";
import { judgeBeat } from "../../features/devices/status.ts";
import type { DeviceStatusWrite } from "../../system/write-presence.ts";
import { plausibleInstant } from "../hostile-input.ts";

/** What is remembered of a screen between its beats. */
export type Presence = {
  readonly bootId: string;
  readonly condition: DeviceCondition;
  readonly isUpToDate: boolean;
  readonly isStopping: boolean;
  readonly stageRestarts: number;
  /** When a restart of the stage was first heard of; null when none was lately. */
  readonly restartedAtMs: number | null;
  /** Since when it has not had its newest manifest active; null while it has. */
  readonly behindSinceMs: number | null;
  /** Since when it has had something to play and confirmed nothing; null while it confirms. */
  readonly unconfirmedSinceMs: number | null;
  /** What people see of it, as one word: a change of it is told. */
  readonly look: string;
  /** Not yet written to the database. */
  readonly pending: DeviceStatusWrite | undefined;
};

/** What the server knows about a beat besides the beat. */
export type BeatContext = {
  organizationId: string;
  deviceId: string;
  nowMs: number;
  isUpToDate: boolean;
  /** Its newest manifest holds something to play. */
  hasContent: boolean;
  checkedRevision: number;
};

/** What a server that has just started takes from the database: the boot, its restarts and the last beat as last written. */
export type PresenceSeed = { bootId: string | null; stageRestarts: number; lastHeardAt: Date | null };

/** The presence after a beat; `before` is the presence so far, or what the database remembers of it. */
export function takeBeat(
  before: Presence | PresenceSeed | undefined,
  beat: Heartbeat,
  context: BeatContext,
): Presence {
  const { nowMs } = context;
  const known = before && "look" in before ? before : undefined;
  const restartedAtMs = hasRestarted(before, beat) ? nowMs : (known?.restartedAtMs ?? null);
  const isShowing = beat.state === "playing" && beat.onGlass !== null && beat.onGlass.assetId !== null;
  const behindSinceMs = context.isUpToDate ? null : (known?.behindSinceMs ?? nowMs);
  const isUnconfirmed = context.hasContent && !isShowing;
  const unconfirmedSinceMs = isUnconfirmed ? (known?.unconfirmedSinceMs ?? nowMs) : null;
  const condition = judgeBeat({
    isShowing,
    isSyncing: beat.sync !== null && beat.sync.filesReady < beat.sync.filesTotal,
    hasContent: context.hasContent,
    faultCount: beat.faults.length,
    sinceRestartMs: restartedAtMs === null ? null : nowMs - restartedAtMs,
    behindMs: behindSinceMs === null ? 0 : nowMs - behindSinceMs,
    unconfirmedMs: unconfirmedSinceMs === null ? 0 : nowMs - unconfirmedSinceMs,
  });
  return {
    bootId: beat.bootId,
    condition,
    isUpToDate: context.isUpToDate,
    isStopping: beat.isStopping,
    stageRestarts: beat.vitals.stageRestarts,
    restartedAtMs,
    behindSinceMs,
    unconfirmedSinceMs,
    look: lookOf(beat, condition, context.isUpToDate),
    pending: toWrite(beat, condition, context),
  };
}

/** The counter begins anew with each boot; of a screen that nothing is remembered of, nothing is claimed. */
function hasRestarted(
  before: Pick<PresenceSeed, "bootId" | "stageRestarts"> | undefined,
  { bootId, vitals }: Heartbeat,
): boolean {
  if (!before) return false;
  return vitals.stageRestarts > (before.bootId === bootId ? before.stageRestarts : 0);
}

function lookOf(beat: Heartbeat, condition: DeviceCondition, isUpToDate: boolean): string {
  const { onGlass, sync, faults, display, update } = beat;
  const parts = [
    condition,
    isUpToDate,
    beat.isStopping,
    beat.state,
    onGlass?.assetId,
    onGlass?.itemId,
    onGlass?.entryId,
  ];
  const health = [beat.isRecovering, display?.observed, display?.desired, display?.problem, update?.state];
  return [...parts, sync?.filesReady, sync?.filesTotal, ...health, ...faults.map(({ kind }) => kind)].join();
}

function toWrite(beat: Heartbeat, condition: DeviceCondition, context: BeatContext): DeviceStatusWrite {
  const { onGlass } = beat;
  return {
    organizationId: context.organizationId,
    deviceId: context.deviceId,
    lastHeardAt: new Date(context.nowMs),
    bootId: beat.bootId,
    playerState: beat.state,
    condition,
    isUpToDate: context.isUpToDate,
    checkedRevision: context.checkedRevision,
    activeManifest: beat.activeManifest,
    newestManifest: beat.newestManifest,
    isStopping: beat.isStopping,
    shownAssetId: onGlass?.assetId ?? null,
    shownItemId: onGlass?.itemId ?? null,
    shownEntryId: onGlass?.entryId ?? null,
    shownSince: onGlass ? plausibleInstant(onGlass.shownSince, context.nowMs) : null,
    hardware: beat.hardware,
    vitals: beat.vitals,
    sync: beat.sync,
    isRecovering: beat.isRecovering,
    display: beat.display,
    update: beat.update,
    faults: beat.faults,
  };
}
