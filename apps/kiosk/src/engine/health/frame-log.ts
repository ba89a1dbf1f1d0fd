import type { PulseMessage } from "../../shared/messages.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";

const EVERY_MS = 60_000;

/** Sums up what the stage says of its frames. */
export interface FrameLog {
  onFrames(frames: PulseMessage["frames"]): void;
  /** Frames of pages and videos that were not painted in time since the player started. */
  dropped(): number;
}

/** Logs the sums once a minute, while anything moved. */
export function createFrameLog({ clock, log }: { clock: Clock; log: Log }): FrameLog {
  let sum = nothing();
  let dropped = 0;
  let sinceMs = clock.monotonicMs();
  return {
    onFrames(frames) {
      dropped += frames.dropped + frames.videoDropped;
      sum = {
        painted: sum.painted + frames.painted,
        dropped: sum.dropped + frames.dropped,
        longestGapMs: Math.max(sum.longestGapMs, frames.longestGapMs),
        videoPainted: sum.videoPainted + frames.videoPainted,
        videoDropped: sum.videoDropped + frames.videoDropped,
      };
      if (clock.monotonicMs() - sinceMs < EVERY_MS) return;
      if (sum.painted + sum.videoPainted > 0) log.info("frames", sum);
      sum = nothing();
      sinceMs = clock.monotonicMs();
    },
    dropped: () => dropped,
  };
}

function nothing(): PulseMessage["frames"] {
  return { painted: 0, dropped: 0, longestGapMs: 0, videoPainted: 0, videoDropped: 0 };
}
