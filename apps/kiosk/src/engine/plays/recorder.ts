import type { OnGlass } from "@vitrine/core/model/device";
import type { PlayReport } from "@vitrine/core/model/device-protocol";
import type { ServerClock } from "../link/server-clock.ts";
import type { Clock } from "../platform/clock.ts";
import type { ConfirmedShowing } from "../playback/director.ts";
import type { Spool } from "./spool.ts";

/** Turns what the stage confirms into plays. Lengths are by the monotonic clock, starts by the server's. */
export interface Recorder {
  onShowing(showing: ConfirmedShowing): void;
  /** The stage paints: what is on the glass was still there now. */
  onPulse(): void;
  /** Nothing of a plan is on the glass any more; `isSilent`: it went at the last pulse, unseen. */
  onGone(options: { isSilent: boolean }): void;
  findOnGlass(): OnGlass | null;
}

export interface RecorderDeps {
  clock: Clock;
  serverClock: ServerClock;
  spool: Spool;
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
  entryId: string | null;
  wholeMs: number;
  startedAtMs: number;
  aliveAtMs: number;
  notedAtMs: number;
}

/** The recorder of one boot; sequence numbers start at 0. */
export function createRecorder({ clock, serverClock, spool, bootId }: RecorderDeps): Recorder {
  let sequence = 0;
  let open: OpenPlay | undefined;

  const close = (endedAtMs: number) => {
    if (!open) return;
    const lengthMs = Math.max(0, Math.round(endedAtMs - open.startedAtMs));
    const toleranceMs = Math.max(TOLERANCE_MS, open.wholeMs * TOLERANCE_SHARE);
    const isWhole = lengthMs >= open.wholeMs - (Number.isFinite(open.wholeMs) ? toleranceMs : 0);
    const play = { ...open.play, durationMs: Math.min(lengthMs, LONGEST_MS), isWhole };
    open = undefined;
    void spool.append({ k: "done", play });
  };

  return {
    onShowing({ planned, content, atMs }) {
      const nowMs = clock.monotonicMs();
      const serverMs = serverClock.nowMs();
      const lateMs = serverMs - atMs;
      const isPlausible = Math.abs(lateMs) < PLAUSIBLE_MS;
      const startedAtMs = isPlausible ? nowMs - Math.max(0, lateMs) : nowMs;
      close(startedAtMs);
      const play: PlayReport = {
        bootId,
        sequence,
        assetId: content.content.assetId,
        itemId: content.content.itemId,
        playlistId: content.content.playlistId,
        startedAt: new Date(isPlausible ? atMs : serverMs).toISOString(),
        durationMs: 0,
        isWhole: false,
      };
      sequence += 1;
      open = { play, entryId: content.content.entryId, wholeMs: planned.wholeMs, startedAtMs, aliveAtMs: nowMs, notedAtMs: nowMs };
      void spool.append({ k: "open", play });
    },
    onPulse() {
      if (!open) return;
      open.aliveAtMs = clock.monotonicMs();
      if (open.aliveAtMs - open.notedAtMs < ALIVE_EVERY_MS) return;
      open.notedAtMs = open.aliveAtMs;
      const ms = Math.min(LONGEST_MS, Math.max(0, Math.round(open.aliveAtMs - open.startedAtMs)));
      void spool.append({ k: "alive", boot: bootId, seq: open.play.sequence, ms });
    },
    onGone({ isSilent }) {
      if (open) close(isSilent ? open.aliveAtMs : clock.monotonicMs());
    },
    findOnGlass() {
      if (!open) return null;
      const { assetId, itemId, startedAt } = open.play;
      return { assetId, itemId, entryId: open.entryId, shownSince: startedAt };
    },
  };
}
