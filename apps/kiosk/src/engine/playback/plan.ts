import { createHash } from "node:crypto";
import type { Manifest, ManifestAsset } from "@vitrine/core/model/manifest";
import { type AssetSlot, explain } from "@vitrine/core/schedule";

/** One showing as the stage is told of it: the time of one slot, with its own content or a substitute's. */
export interface PlannedSlot {
  /** Names time and content: two with the same name show the same from the same start. */
  slotId: string;
  startMs: number;
  endMs: number;
  /** The slot of the timeline whose time this is. */
  coreSlotId: string;
  /** The slot whose content is shown: the same one unless it is substituted. */
  content: Pick<AssetSlot, "itemId" | "assetId" | "playlistId" | "entryId">;
  asset: ManifestAsset;
  /** How long a whole showing of it lasts here. */
  wholeMs: number;
  isSubstitute: boolean;
}

export interface PlanInput {
  /** Slots in order from the one that covers `nowMs` or, if later, the end of the holdover. */
  slots: Iterable<AssetSlot>;
  assets: ReadonlyMap<string, ManifestAsset>;
  nowMs: number;
  /** What stays on the glass until its end, whatever the slots say. */
  holdover: PlannedSlot | undefined;
  /** A slot that began before this instant is joined here: the end of the last holdover. */
  joinsAtMs: number;
  /** What the stage already shows; its slot keeps this content until it ends. */
  onGlass: PlannedSlot | undefined;
  isShowable(asset: ManifestAsset): boolean;
}

const LEAST_SLOTS = 4;
const MOST_SLOTS = 40;
const HORIZON_MS = 20_000;
const SUBSTITUTE_SEARCH = 2000;

/**
 * The next showings, in order and without overlap: the slot of now and at least three more, 20 s at least.
 * What cannot be shown is replaced, for its slot alone, by the next that can; a slot without any is left out,
 * and the former picture stays.
 */
export function buildPlan(input: PlanInput): PlannedSlot[] {
  const { assets, nowMs, holdover, onGlass } = input;
  const planned: PlannedSlot[] = holdover ? [holdover] : [];
  const lookahead = createLookahead(input.slots);
  for (let index = 0; planned.length < MOST_SLOTS; index += 1) {
    const slot = lookahead.at(index);
    if (!slot) break;
    if (planned.length >= LEAST_SLOTS && slot.startMs > nowMs + HORIZON_MS) break;
    if (onGlass?.coreSlotId === slot.slotId && isSameContent(onGlass, assets)) {
      planned.push({ ...onGlass, endMs: slot.endMs, wholeMs: wholeMsOf(slot) });
      continue;
    }
    const showing = chooseContent(slot, index, lookahead, input);
    if (showing) planned.push(toPlanned(slot, Math.max(slot.startMs, input.joinsAtMs), showing));
  }
  return planned;
}

/** What makes two assets show the same picture: the file's content, or the address. */
export function contentOf(asset: ManifestAsset): string {
  return asset.file ? asset.file.sha256 : `web ${asset.url}`;
}

interface Lookahead {
  at(index: number): AssetSlot | undefined;
}

interface Showing {
  content: AssetSlot;
  asset: ManifestAsset;
}

function chooseContent(
  slot: AssetSlot,
  index: number,
  lookahead: Lookahead,
  { assets, isShowable }: Pick<PlanInput, "assets" | "isShowable">,
): Showing | undefined {
  const tried = new Set<string>();
  for (let ahead = index; ahead < index + SUBSTITUTE_SEARCH && tried.size < assets.size; ahead += 1) {
    const content = ahead === index ? slot : lookahead.at(ahead);
    if (!content) return undefined;
    if (tried.has(content.assetId)) continue;
    tried.add(content.assetId);
    const asset = assets.get(content.assetId);
    if (asset && isShowable(asset)) return { content, asset };
  }
  return undefined;
}

function toPlanned(slot: AssetSlot, startMs: number, { content, asset }: Showing): PlannedSlot {
  const { itemId, assetId, playlistId, entryId } = content;
  const isSubstitute = content !== slot;
  const tag =
    asset.file?.sha256.slice(0, 12) ??
    createHash("sha256").update(contentOf(asset)).digest("hex").slice(0, 12);
  return {
    slotId: `${startMs === slot.startMs ? "" : `${startMs}+`}${slot.slotId}.${tag}`,
    startMs,
    endMs: slot.endMs,
    coreSlotId: slot.slotId,
    content: { itemId, assetId, playlistId, entryId },
    asset,
    wholeMs: wholeMsOf(slot),
    isSubstitute,
  };
}

function wholeMsOf(slot: AssetSlot): number {
  return slot.isWhole ? slot.endMs - slot.startMs : Number.POSITIVE_INFINITY;
}

function isSameContent({ asset }: PlannedSlot, assets: ReadonlyMap<string, ManifestAsset>): boolean {
  const now = assets.get(asset.id);
  return now !== undefined && contentOf(now) === contentOf(asset);
}

/** Reads slots as far as they are asked for, each once. */
function createLookahead(slots: Iterable<AssetSlot>): Lookahead {
  const read: AssetSlot[] = [];
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

/**
 * Whether the item that is on the glass is in a manifest as it was, same content and same duration, and still a part
 * of what has the screen at an instant: only then may it end before the manifest takes effect.
 */
export function isKeptAsItWas(
  { content }: PlannedSlot,
  former: Manifest,
  next: Manifest,
  nowMs: number,
): boolean {
  const before = findItem(former, content);
  const after = findItem(next, content);
  if (!before || !after) return false;
  if (before.durationMs !== after.durationMs || contentOf(before.asset) !== contentOf(after.asset))
    return false;
  const { rule, entries } = explain(next, nowMs);
  if (content.entryId !== null) {
    const verdict = entries.find(({ entryId }) => entryId === content.entryId)?.verdict;
    return verdict === "wins" || verdict === "shares" || verdict === "interrupts";
  }
  if (rule === "screen_playlist") return leadsTo(next, next.playlistId, content.playlistId);
  return rule === "organization_default" && leadsTo(next, next.defaultPlaylistId, content.playlistId);
}

function findItem({ playlists, entries, assets }: Manifest, { playlistId, itemId }: PlannedSlot["content"]) {
  const item = playlists.find(({ id }) => id === playlistId)?.items.find(({ id }) => id === itemId);
  const entry = playlistId === null ? entries.find(({ id }) => id === itemId) : undefined;
  const assetId = item?.assetId ?? (entry?.content.kind === "asset" ? entry.content.assetId : undefined);
  const asset = assets.find(({ id }) => id === assetId);
  return asset && { durationMs: item?.durationMs ?? asset.durationMs, asset };
}

/** Whether a playlist is another, or holds it at any depth. */
function leadsTo({ playlists }: Manifest, fromId: string | null, toId: string | null): boolean {
  const seen = new Set<string | null>();
  const waiting = [fromId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === toId) return id !== null;
    if (seen.has(id)) continue;
    seen.add(id);
    const items = playlists.find((one) => one.id === id)?.items ?? [];
    waiting.push(...items.map(({ playlistId }) => playlistId).filter((one) => one !== null));
  }
  return false;
}
