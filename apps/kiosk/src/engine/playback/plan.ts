import { createHash } from "node:crypto";
import type { ManifestAsset } from "@vitrine/core/model/manifest";
import { HORIZON_MS, LEAST_SLOTS, type Track, type TrackSlot } from "./acts.ts";
import type { Peek } from "./peek.ts";

/** One showing as the stage is told of it: the time of one slot, with its own content or a substitute's. */
export interface PlannedSlot {
  /** Names time and content: two with the same name show the same from the same start. */
  slotId: string;
  startMs: number;
  endMs: number;
  /** The slot of the timeline whose time this is. */
  coreSlotId: string;
  /** The act and the zone in which it is shown. */
  actId: string;
  zoneId: string;
  /** The slot whose content is shown: the same one unless it is substituted. */
  content: Pick<TrackSlot, "itemId" | "assetId" | "playlistId" | "entryId" | "layoutEntryId" | "reason">;
  asset: ManifestAsset;
  /** How long a whole showing of it lasts here. */
  wholeMs: number;
  isSubstitute: boolean;
  /** A person had a look at a neighbour. */
  isPeek: boolean;
}

/** What one zone shows next, and when it is empty. Both are in order, and without overlap. */
export interface ZonePlan {
  showings: PlannedSlot[];
  gaps: { startMs: number; endMs: number }[];
}

export interface PlanInput {
  actId: string;
  zoneId: string;
  /** Its slots are in order from the one that covers `nowMs` or, if later, the end of the holdover. */
  track: Track;
  /** When the act ends; later slots of the track are not planned, but may be shown as substitutes. */
  untilMs: number;
  assets: ReadonlyMap<string, ManifestAsset>;
  nowMs: number;
  /** What stays on the glass until its end, whatever the slots say. */
  holdover: PlannedSlot | undefined;
  /** A slot that began before this instant is joined here: the end of the last holdover. */
  joinsAtMs: number;
  /** What the stage already shows; its slot keeps this content until it ends. */
  onGlass: PlannedSlot | undefined;
  /** A look at a neighbour, in the slot of now. */
  peek: Peek | undefined;
  isShowable(asset: ManifestAsset): boolean;
}

const MOST_SLOTS = 40;
const SUBSTITUTE_SEARCH = 2000;

/**
 * The next showings: the slot of now and at least three more, 20 s at least, as far as the act goes. What cannot
 * be shown is replaced, for its slot alone, by the next that can; a slot without any is left out, and the former
 * picture stays.
 */
export function planZone(input: PlanInput): ZonePlan {
  const { assets, nowMs, untilMs, holdover, peek, track } = input;
  const onGlass = input.onGlass?.isPeek ? undefined : input.onGlass;
  const showings: PlannedSlot[] = holdover ? [holdover] : [];
  const gaps: ZonePlan["gaps"] = [];
  let takenUntilMs = holdover?.endMs ?? track.takenUntilMs;
  const leaveGap = (endMs: number) => {
    if (endMs > takenUntilMs) gaps.push({ startMs: takenUntilMs, endMs });
  };
  const lookahead = createLookahead(track.slots);
  let search = SUBSTITUTE_SEARCH;
  for (let index = 0; showings.length < MOST_SLOTS; index += 1) {
    const slot = lookahead.at(index);
    if (!slot || slot.startMs >= untilMs) {
      if (Number.isFinite(untilMs)) leaveGap(untilMs);
      break;
    }
    // Where a long search found nothing, the rest of the day is not looked through either.
    const isEnough = showings.length >= LEAST_SLOTS || search === 1;
    if (isEnough && slot.startMs > nowMs + HORIZON_MS) break;
    leaveGap(slot.startMs);
    takenUntilMs = slot.endMs;
    if (peek?.coreSlotId === slot.slotId && input.isShowable(peek.asset)) {
      showings.push({ ...toPlanned(slot, peek, { ...input, joinsAtMs: peek.fromMs }), isPeek: true });
      continue;
    }
    if (onGlass?.coreSlotId === slot.slotId && isSameContent(onGlass, assets)) {
      showings.push({ ...onGlass, endMs: slot.endMs, wholeMs: wholeMsOf(slot) });
      continue;
    }
    const showing = chooseContent({ index, search }, lookahead, input);
    // Where this one found nothing, the next ones will not either: a plan costs one long search at most.
    if (!showing) search = 1;
    if (showing) showings.push(toPlanned(slot, showing, input));
  }
  return { showings, gaps };
}

/** What makes two assets show the same picture: the file's content, or the address. */
export function contentOf(asset: ManifestAsset): string {
  return asset.file ? asset.file.sha256 : `web ${asset.url}`;
}

interface Lookahead {
  at(index: number): TrackSlot | undefined;
}

type Showing = Pick<Peek, "content" | "asset">;

function chooseContent(
  { index, search }: { index: number; search: number },
  lookahead: Lookahead,
  { assets, isShowable }: Pick<PlanInput, "assets" | "isShowable">,
): Showing | undefined {
  const tried = new Set<string>();
  for (let ahead = index; ahead < index + search && tried.size < assets.size; ahead += 1) {
    const content = lookahead.at(ahead);
    if (!content) return undefined;
    if (tried.has(content.assetId)) continue;
    tried.add(content.assetId);
    const asset = assets.get(content.assetId);
    if (asset && isShowable(asset)) return { content, asset };
  }
  return undefined;
}

function toPlanned(
  slot: TrackSlot,
  { content, asset }: Showing,
  { actId, zoneId, joinsAtMs }: Pick<PlanInput, "actId" | "zoneId" | "joinsAtMs">,
): PlannedSlot {
  const { itemId, assetId, playlistId, entryId, layoutEntryId, reason } = content;
  const startMs = Math.max(slot.startMs, joinsAtMs);
  const isSubstitute = content !== slot;
  const tag =
    asset.file?.sha256.slice(0, 12) ??
    createHash("sha256").update(contentOf(asset)).digest("hex").slice(0, 12);
  return {
    slotId: `${startMs === slot.startMs ? "" : `${startMs}+`}${slot.slotId}.${tag}`,
    startMs,
    endMs: slot.endMs,
    coreSlotId: slot.slotId,
    actId,
    zoneId,
    content: { itemId, assetId, playlistId, entryId, layoutEntryId, reason },
    asset,
    wholeMs: wholeMsOf(slot),
    isSubstitute,
    isPeek: false,
  };
}

function wholeMsOf(slot: TrackSlot): number {
  return slot.isWhole ? slot.endMs - slot.startMs : Number.POSITIVE_INFINITY;
}

function isSameContent({ asset }: PlannedSlot, assets: ReadonlyMap<string, ManifestAsset>): boolean {
  const now = assets.get(asset.id);
  return now !== undefined && contentOf(now) === contentOf(asset);
}

/** Reads slots as far as they are asked for, each once. */
function createLookahead(slots: Iterable<TrackSlot>): Lookahead {
  const read: TrackSlot[] = [];
  const rest = slots[Symbol.iterator]();
  return {
    at(index) {
      while (read.length <= index) {
        const { value, done } = rest.next();
        if (done) return undefined;
        read.push(value);
      }
      return read[index];
    },
  };
}
