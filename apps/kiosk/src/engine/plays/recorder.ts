import type { OnGlass } from "@vitrine/core/model/device";
import type { PlayReport } from "@vitrine/core/model/device-protocol";
import type { GoneMessage } from "../../shared/messages.ts";
import { MAIN_ZONE } from "../../shared/messages.ts";
import type { ServerClock } from "../link/server-clock.ts";
import type { Clock } from "../platform/clock.ts";
import type { ConfirmedShowing } from "../playback/director.ts";
import type { PlaySpool } from "./play-spool.ts";

/** Turns what the stage confirms into plays. Lengths are by the monotonic clock, starts by the server's. */
export interface Recorder {
  onShowing(showing: ConfirmedShowing): void;
  /** A zone is empty, or has left the glass; nothing happens if it shows something else already. */
  onZoneGone(gone: Pick<GoneMessage, "zoneId" | "slotId" | "atMs">): void;
  /** The stage paints: what is on the glass was still there now. */
  onPulse(): void;
  /** Nothing of a plan is on the glass any more; `isSilent`: it went at the last pulse, unseen. */
  onGone(options: { isSilent: boolean }): void;
  /** What the main zone shows; of a zone that an override has taken, what that shows. */
  findOnGlass(): OnGlass | null;
}

export interface RecorderDeps {
  clock: Clock;
  serverClock: ServerClock;
  spool: PlaySpool;
  bootId: string;
}

const ALIVE_EVERY_MS = 5000;
const LONGEST_MS = 86_400_000;
/** A stage that tells a time further away than this does not know the time: its clock jumped. */
const PLAUSIBLE_MS = 1000;
/** A showing that was this little too short still counts as whole. */
const TOLERANCE_MS = 250;
const TOLERANCE_SHARE = 0.05;

interface OpenPlay {
  play: PlayReport;
  slotId: string;
  entryId: string | null;
  /** The lowest of what is on the glass is told of. */
  rank: number;
  wholeMs: number;
  startedAtMs: number;
  aliveAtMs: number;
  notedAtMs: number;
}

/** The recorder of one boot; sequence numbers start at 0. */
export function createRecorder({ clock, serverClock, spool, bootId }: RecorderDeps): Recorder {
  let sequence = 0;
  /** What each zone shows. */
  const open = new Map<string, OpenPlay>();

  const close = (zoneId: string, endedAtMs: number) => {
    const ended = open.get(zoneId);
    if (!ended) return;
    const lengthMs = Math.max(0, Math.round(endedAtMs - ended.startedAtMs));
    const toleranceMs = Math.max(TOLERANCE_MS, ended.wholeMs * TOLERANCE_SHARE);
    const isWhole = lengthMs >= ended.wholeMs - (Number.isFinite(ended.wholeMs) ? toleranceMs : 0);
    const play = { ...ended.play, durationMs: Math.min(lengthMs, LONGEST_MS), isWhole };
    open.delete(zoneId);
    void spool.append({ k: "done", play });
  };

  /** When something that the stage tells of happened, by both clocks. */
  const placeInTime = (atMs: number) => {
    const nowMs = clock.monotonicMs();
    const serverMs = serverClock.nowMs();
    const lateMs = serverMs - atMs;
    if (Math.abs(lateMs) >= PLAUSIBLE_MS) return { monotonicMs: nowMs, serverMs };
    return { monotonicMs: nowMs - Math.max(0, lateMs), serverMs: atMs };
  };

  return {
    onShowing({ planned, content, isMainZone, atMs }) {
      const { monotonicMs, serverMs } = placeInTime(atMs);
      const { slotId, zoneId, wholeMs } = planned;
      const { assetId, itemId, playlistId, entryId, layoutEntryId, reason } = content.content;
      close(zoneId, monotonicMs);
      const startedAt = new Date(serverMs).toISOString();
      const started = { bootId, sequence, startedAt, durationMs: 0, isWhole: false };
      const play: PlayReport = { ...started, assetId, itemId, playlistId };
      sequence += 1;
      const isZoneOverride = zoneId !== MAIN_ZONE && reason === "override";
      const nowMs = clock.monotonicMs();
      open.set(zoneId, {
        ...{ play, slotId, wholeMs },
        entryId: entryId ?? layoutEntryId,
        rank: isZoneOverride ? 0 : isMainZone ? 1 : 2,
        ...{ startedAtMs: monotonicMs, aliveAtMs: nowMs, notedAtMs: nowMs },
      });
      void spool.append({ k: "open", play });
    },
    onZoneGone({ zoneId, slotId, atMs }) {
      if (open.get(zoneId)?.slotId === slotId) close(zoneId, placeInTime(atMs).monotonicMs);
    },
    onPulse() {
      const nowMs = clock.monotonicMs();
      for (const one of open.values()) {
        one.aliveAtMs = nowMs;
        if (nowMs - one.notedAtMs < ALIVE_EVERY_MS) continue;
        one.notedAtMs = nowMs;
        const ms = Math.min(LONGEST_MS, Math.max(0, Math.round(nowMs - one.startedAtMs)));
        void spool.append({ k: "alive", boot: bootId, seq: one.play.sequence, ms });
      }
    },
    onGone({ isSilent }) {
      const nowMs = clock.monotonicMs();
      for (const [zoneId, { aliveAtMs }] of [...open]) close(zoneId, isSilent ? aliveAtMs : nowMs);
    },
    findOnGlass() {
      const [told] = [...open.values()].sort((one, other) => one.rank - other.rank);
      if (!told) return null;
      const { assetId, itemId, startedAt } = told.play;
      return { assetId, itemId, entryId: told.entryId, shownSince: startedAt };
    },
  };
}
