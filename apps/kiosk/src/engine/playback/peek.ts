import type { Manifest, ManifestAsset } from "@vitrine/core/model/manifest";
import { type TrackSlot, type TrackZone, trackFrom } from "./acts.ts";
import type { Timelines } from "./timelines.ts";

/** A look at a neighbour: its content, in what is left of the slot of now. The timeline stays as it is. */
export interface Peek {
  /** The slot of the timeline whose time it takes. */
  coreSlotId: string;
  /** How many showings away from that slot; 0 is its own content again. */
  steps: number;
  fromMs: number;
  content: TrackSlot;
  asset: ManifestAsset;
}

export interface PeekInput {
  timelines: Timelines;
  manifest: Manifest;
  assets: ReadonlyMap<string, ManifestAsset>;
  zone: TrackZone;
  nowMs: number;
  /** The look that is on the glass, from which the next one counts. */
  former: Peek | undefined;
  isShowable(asset: ManifestAsset): boolean;
}

/** So many slots are looked at for one that can be shown. */
const SEARCH = 500;

/** The look one further on, or one back. Throws an `Error` that says why there is none. */
export function peekFrom(input: PeekInput, direction: 1 | -1): Peek {
  const { nowMs, former, timelines, manifest, zone } = input;
  const fromMs = Math.floor(nowMs);
  const [current] = trackFrom(timelines, manifest, zone, fromMs).slots;
  if (!current || current.startMs > nowMs) throw new Error("Nothing is scheduled now");
  const steps = (former?.coreSlotId === current.slotId ? former.steps : 0) + direction;
  const slots =
    steps < 0 ? before(input, current.startMs) : trackFrom(timelines, manifest, zone, fromMs).slots;
  const found = showableAt(slots, steps < 0 ? -steps - 1 : steps, input);
  if (!found) throw new Error(`There is nothing ${direction > 0 ? "after" : "before"} it that can be shown`);
  return { coreSlotId: current.slotId, steps, fromMs, ...found };
}

function showableAt(
  slots: Iterable<TrackSlot>,
  place: number,
  { assets, isShowable }: PeekInput,
): { content: TrackSlot; asset: ManifestAsset } | undefined {
  let left = place;
  let looked = 0;
  for (const content of slots) {
    looked += 1;
    if (looked > SEARCH) return undefined;
    const asset = assets.get(content.assetId);
    if (!asset || !isShowable(asset)) continue;
    if (left === 0) return { content, asset };
    left -= 1;
  }
  return undefined;
}

/** The slots before an instant, the latest first. */
function* before({ timelines, manifest, zone }: PeekInput, untilMs: number): Generator<TrackSlot> {
  for (let endMs = untilMs; endMs > 0; ) {
    const [slot] = trackFrom(timelines, manifest, { ...zone, untilMs: endMs }, endMs - 1).slots;
    if (!slot || slot.startMs >= endMs) return;
    yield slot;
    endMs = slot.startMs;
  }
}
