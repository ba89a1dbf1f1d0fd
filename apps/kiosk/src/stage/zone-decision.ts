import type { StageItem, StageSlot } from "../shared/messages.ts";

/** What is on the glass in one zone: the time of `slotId`, filled by its own content or by a stand-in's. */
export interface Showing {
  slotId: string;
  standInSlotId: string | null;
  /** False once the content broke while it was shown. */
  isSound: boolean;
}

/** A stream costs a line and a decoder while it gets ready: it does not begin to earlier than this. */
const STREAM_LEAD_MS = 15_000;

/** What a zone should do now. */
export interface Decision {
  /** Bring the content of `content` onto the glass for the time of `slot`, as soon as it is ready. */
  show: { slot: StageSlot; content: StageSlot } | undefined;
  /** Have this ready for its start; undefined while `show` stands, since that comes first. */
  prepare: StageSlot | undefined;
  /** When to decide anew at the latest, server time. */
  wakeAtMs: number | undefined;
}

export interface DecisionInput {
  /** In order of time, without overlap. */
  slots: readonly StageSlot[];
  nowMs: number;
  showing: Showing | undefined;
  /** Slots whose content could not be shown. */
  failed: ReadonlySet<string>;
}

/**
 * What belongs on the glass at `nowMs` and what comes next: the slot that covers now; if its content failed,
 * the next content that did not, for that slot alone, until it counts as failed no more; if there is none, what is
 * there already.
 */
export function decide({ slots, nowMs, showing, failed }: DecisionInput): Decision {
  const current = slots.find((slot) => slot.startsAtMs <= nowMs && nowMs < slot.endsAtMs);
  const following = slots.filter((slot) => slot.startsAtMs > nowMs);
  const wanted = following.find((slot) => !failed.has(slot.slotId));
  const beginsAtMs = wanted?.item.kind === "stream" ? wanted.startsAtMs - STREAM_LEAD_MS : 0;
  const next = beginsAtMs > nowMs ? undefined : wanted;
  const startsAtMs = following[0]?.startsAtMs ?? Number.POSITIVE_INFINITY;
  const wakeAtMs = earliest(startsAtMs, beginsAtMs > nowMs ? beginsAtMs : Number.POSITIVE_INFINITY);
  if (current === undefined) return { show: undefined, prepare: next, wakeAtMs };

  const isThere = showing?.slotId === current.slotId && showing.isSound;
  if (isThere && (showing.standInSlotId === null || failed.has(current.slotId)))
    return { show: undefined, prepare: next, wakeAtMs };

  const content = failed.has(current.slotId) ? findStandIn(current, following, failed) : current;
  if (content === undefined) return { show: undefined, prepare: next, wakeAtMs };
  return { show: { slot: current, content }, prepare: undefined, wakeAtMs };
}

/** Names content: two items with the same key show the same in the same way. */
export function contentKey(item: StageItem): string {
  switch (item.kind) {
    case "none":
      return "none";
    case "web":
      return `web ${item.url}`;
    case "image":
      return `image ${item.src} ${item.fit}`;
    case "video":
    case "stream":
      return `${item.kind} ${item.src} ${item.fit} ${item.loudness}`;
  }
}

function earliest(...instantsMs: number[]): number | undefined {
  const atMs = Math.min(...instantsMs);
  return Number.isFinite(atMs) ? atMs : undefined;
}

function findStandIn(
  current: StageSlot,
  following: readonly StageSlot[],
  failed: ReadonlySet<string>,
): StageSlot | undefined {
  const brokenKey = contentKey(current.item);
  return following.find(
    ({ slotId, item }) => !failed.has(slotId) && item.kind !== "none" && contentKey(item) !== brokenKey,
  );
}
