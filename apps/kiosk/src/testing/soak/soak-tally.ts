import type { FromStage, PulseMessage, StageSlot } from "../../shared/messages.ts";

/** What the stage said of its showings since the last reset. */
export interface Tally {
  /** Showings with their own content. */
  changes: number;
  /** Slots that had passed without their own content when a later one was shown. */
  missed: number;
  shownByKind: Record<string, number>;
  frames: PulseMessage["frames"];
  /** Pulses, one a second, that told of frames left out. */
  secondsWithGaps: number;
  failures: string[];
}

/** Adds up what the stage says. Slots are numbered from 0 in their order. */
export interface SoakTally {
  isReady(): boolean;
  name(slot: StageSlot): void;
  take(message: FromStage): void;
  /** Begins to count anew. */
  reset(): void;
  read(): Tally;
}

const MOST_FAILURES = 20;

/** Nothing is counted at first. */
export function createTally(): SoakTally {
  let isReady = false;
  let lastIndex = -1;
  let tally = empty();
  const kinds = new Map<string, StageSlot["item"]["kind"]>();
  return {
    isReady: () => isReady,
    name: ({ slotId, item }) => void kinds.set(slotId, item.kind),
    take(message) {
      if (message.kind === "ready") isReady = true;
      if (message.kind === "failed" || message.kind === "trouble")
        tally.failures = [...tally.failures, message.text].slice(0, MOST_FAILURES);
      if (message.kind === "pulse") addFrames(tally, message.frames);
      if (message.kind !== "shown" || message.standInSlotId !== null) return;
      const index = Number(message.slotId.slice(message.slotId.indexOf("-") + 1));
      const kind = kinds.get(message.slotId) ?? "unknown";
      tally.changes += 1;
      tally.missed += lastIndex < 0 ? 0 : Math.max(0, index - lastIndex - 1);
      tally.shownByKind[kind] = (tally.shownByKind[kind] ?? 0) + 1;
      lastIndex = index;
      for (const [slotId] of kinds) {
        if (slotId === message.slotId) break;
        kinds.delete(slotId);
      }
    },
    reset: () => {
      tally = empty();
    },
    read: () => tally,
  };
}

function empty(): Tally {
  const frames = { painted: 0, dropped: 0, longestGapMs: 0, videoPainted: 0, videoDropped: 0 };
  return { changes: 0, missed: 0, shownByKind: {}, frames, secondsWithGaps: 0, failures: [] };
}

function addFrames(tally: Tally, added: PulseMessage["frames"]): void {
  const { frames } = tally;
  frames.painted += added.painted;
  frames.dropped += added.dropped;
  frames.videoPainted += added.videoPainted;
  frames.videoDropped += added.videoDropped;
  frames.longestGapMs = Math.max(frames.longestGapMs, added.longestGapMs);
  if (added.dropped > 0) tally.secondsWithGaps += 1;
}
