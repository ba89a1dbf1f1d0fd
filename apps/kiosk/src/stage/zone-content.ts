import type { StageSlot } from "../shared/messages.ts";
import type { AnyPane } from "./panes/any-pane.ts";
import { PaneFailure } from "./panes/pane.ts";
import { contentKey, type Showing } from "./zone-decision.ts";

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

/** How long content fades in; undefined: it is a cut. */
export function fadeMsOf({ transition }: StageSlot): number | undefined {
  return transition.kind === "fade" ? transition.durationMs : undefined;
}

/** Whatever was thrown as the reason why content cannot be shown. */
export function asPaneFailure(error: unknown): PaneFailure {
  return error instanceof PaneFailure ? error : new PaneFailure("decode", String(error));
}
