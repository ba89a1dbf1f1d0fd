import type { Manifest } from "@vitrine/core/model/manifest";
import type { AssetSlot, LayoutSlot, Slot } from "@vitrine/core/schedule";
import { MAIN_ZONE, WHOLE_CANVAS, type ZoneBox } from "../../shared/messages.ts";
import { indexAt, type Timelines } from "./timelines.ts";

/** What has the screen for a stretch of time: showings on all of it, one after another, or a layout. */
export interface Act {
  /** `main` for the whole screen, else the layout's id. */
  actId: string;
  startMs: number;
  /** When the next act starts, infinite where it was not read that far; of a layout, the end of what was read of it. */
  endMs: number;
  mainZoneId: string;
  zones: readonly ActZone[];
}

export interface ActZone {
  zoneId: string;
  box: ZoneBox;
  z: number;
}

/** A showing on one track; in a zone, with the entry that put its layout on the screen. */
export type TrackSlot = AssetSlot & { layoutEntryId: string | null };

/** What plays on one track: the slots that end after an instant, and until when the track was taken before them. */
export interface Track {
  slots: Iterable<TrackSlot>;
  takenUntilMs: number;
}

/** Slots that are told to the stage: this many at least, and those of the next seconds. */
export const LEAST_SLOTS = 4;
export const HORIZON_MS = 20_000;
const MOST_SLOTS = 40;

/** The acts of the next seconds, the one of `fromMs` first, in order; acts that follow each other have different ids. */
export function actsFrom(timelines: Timelines, manifest: Manifest, fromMs: number): Act[] {
  const acts: Act[] = [];
  let read = 0;
  for (const slot of timelines.slotsFrom(manifest, fromMs)) {
    const last = acts.at(-1);
    const isNew = last?.actId !== actIdOf(slot);
    if (isNew && last?.actId === MAIN_ZONE) last.endMs = slot.startMs;
    // While nothing is scheduled, the zones keep their last pictures: what comes after that is an act of its own.
    if (last && slot.kind === "layout" && !isNew && slot.startMs > last.endMs) break;
    const isFar = slot.startMs > fromMs + HORIZON_MS;
    if (read >= MOST_SLOTS || (isFar && (isNew || read >= LEAST_SLOTS))) break;
    read += 1;
    if (isNew) acts.push(makeAct(manifest, slot));
    else if (last && slot.kind === "layout") last.endMs = slot.endMs;
    // What comes after it is not asked for: that may be tomorrow, which may not be compiled yet.
    if (slot.kind === "layout" && slot.endMs > fromMs + HORIZON_MS) break;
  }
  return acts;
}

/**
 * The slots of one zone of an act from the one that covers `fromMs`, and those of the zone in later acts of the
 * same id, if it has any in this one.
 */
export function trackFrom(timelines: Timelines, manifest: Manifest, zone: TrackZone, fromMs: number): Track {
  const slots = timelines.slotsFrom(manifest, fromMs);
  return {
    slots: trackSlots(slots, zone, fromMs),
    takenUntilMs: zone.actId === MAIN_ZONE ? fromMs : takenUntil(timelines, manifest, zone, fromMs),
  };
}

/** Names a track; `untilMs` is the end of the act. */
export interface TrackZone {
  actId: string;
  zoneId: string;
  untilMs: number;
}

function* trackSlots(
  slots: Iterable<Slot>,
  { actId, zoneId, untilMs }: TrackZone,
  fromMs: number,
): Generator<TrackSlot> {
  let isEmpty = true;
  for (const slot of slots) {
    const isInAct = actIdOf(slot) === actId;
    for (const one of !isInAct ? [] : slot.kind === "asset" ? [slot] : zoneSlots(slot, zoneId, fromMs)) {
      isEmpty = false;
      yield { ...one, layoutEntryId: slot.kind === "asset" ? null : slot.entryId };
    }
    if (isEmpty && slot.endMs >= untilMs) return;
  }
}

function* zoneSlots({ zones }: LayoutSlot, zoneId: string, fromMs: number): Generator<AssetSlot> {
  const slots = zones.find((zone) => zone.zoneId === zoneId)?.slots ?? [];
  for (let index = indexAt(slots, fromMs); index < slots.length; index += 1) {
    const slot = slots[index];
    if (slot && slot.endMs > fromMs) yield slot;
  }
}

/** The end of the showing before `fromMs` in the zone of the layout that covers it, else that layout's start. */
function takenUntil(timelines: Timelines, manifest: Manifest, at: TrackZone, fromMs: number): number {
  for (const slot of timelines.slotsFrom(manifest, fromMs)) {
    if (slot.kind !== "layout" || slot.layoutId !== at.actId) return fromMs;
    const slots = slot.zones.find(({ zoneId }) => zoneId === at.zoneId)?.slots ?? [];
    const before = slots[indexAt(slots, fromMs)];
    return before && before.endMs <= fromMs ? before.endMs : slot.startMs;
  }
  return fromMs;
}

const WHOLE_SCREEN = {
  actId: MAIN_ZONE,
  mainZoneId: MAIN_ZONE,
  zones: [{ zoneId: MAIN_ZONE, box: WHOLE_CANVAS, z: 0 }],
};

function actIdOf(slot: Slot): string {
  return slot.kind === "asset" ? MAIN_ZONE : slot.layoutId;
}

function makeAct(manifest: Manifest, slot: Slot): Act {
  const { startMs, endMs } = slot;
  if (slot.kind === "asset") return { ...WHOLE_SCREEN, startMs, endMs: Number.POSITIVE_INFINITY };
  const layout = manifest.layouts.find(({ id }) => id === slot.layoutId);
  const zones = (layout?.zones ?? []).map(({ id, left, top, width, height, z }) => ({
    zoneId: id,
    box: { left, top, width, height },
    z,
  }));
  return { actId: slot.layoutId, startMs, endMs, mainZoneId: layout?.mainZoneId ?? MAIN_ZONE, zones };
}
