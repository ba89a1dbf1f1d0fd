import type { StageSlot } from "../shared/messages.ts";
import type { AnyPane } from "./panes/any-pane.ts";
import { PaneFailure } from "./panes/pane.ts";
import { contentKey, type Showing } from "./zone-decision.ts";

/** Shorter than this a fade is only a blur of the cut. */
const LEAST_FADE_MS = 50;

/** The content on the glass. */
export interface Front extends Showing {
  pane: AnyPane;
  content: StageSlot;
  /** The instant at which the content's beginning was, or would have been, on the glass. */
  contentStartMs: number;
}

/** The content that gets ready. */
export interface Coming {
  pane: AnyPane;
  content: StageSlot;
  isReady: boolean;
  /** When it began to, monotonic. */
  sinceMs: number;
  stop: AbortController;
}

/** Whether what is on the glass already shows this content; a video does not, since it has to begin anew. */
export function canContinue(front: Front, content: StageSlot): boolean {
  return (
    front.isSound &&
    content.item.kind !== "video" &&
    contentKey(front.content.item) === contentKey(content.item)
  );
}

/** Whether what is getting ready will do for this content too: a video only if neither has begun. */
export function canServe(coming: Coming, content: StageSlot, nowMs: number): boolean {
  if (coming.content.slotId === content.slotId) return true;
  if (contentKey(coming.content.item) !== contentKey(content.item)) return false;
  return content.item.kind !== "video" || Math.min(coming.content.startsAtMs, content.startsAtMs) > nowMs;
}

/**
 * How long the content of a slot fades in when it comes at `nowMs`; undefined: it is a cut. A fade takes half of the
 * slot at most, and ends when it would have if the content had come in time: what is late fades faster, or cuts.
 */
export function fadeMsAt({ transition, startsAtMs, endsAtMs }: StageSlot, nowMs: number): number | undefined {
  if (transition.kind === "cut") return undefined;
  const wholeMs = Math.min(transition.durationMs, (endsAtMs - startsAtMs) / 2);
  const leftMs = wholeMs - Math.max(0, nowMs - startsAtMs);
  return leftMs < LEAST_FADE_MS ? undefined : leftMs;
}

/** Whether it is fetched while it is shown, so that it may fail now and be there a moment later. */
export function isFromElsewhere({ item }: StageSlot): boolean {
  return item.kind === "web" || item.kind === "stream";
}

/** Whatever was thrown as the reason why content cannot be shown. */
export function asPaneFailure(error: unknown): PaneFailure {
  return error instanceof PaneFailure ? error : new PaneFailure("decode", String(error));
}
