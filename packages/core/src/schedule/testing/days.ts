import type { Manifest } from "../../model/manifest.ts";
import type { Occurrences } from "../../model/schedule.ts";
import { compileDay, type Slot } from "../timeline.ts";
import { sampleAsset, sampleItem, sampleManifest, uuid } from "./arbitrary.ts";

/** A plain day without a clock change, a Tuesday, in a zone without any. */
export const TUESDAY = "2026-11-24";
/** The instant of a time on that day. */
export const at = (time: string) => Date.parse(`${TUESDAY}T${time}${time.length === 5 ? ":00" : ""}Z`);

/** One stretch of that day. */
export const during = (start: string, end: string, changes: Partial<Occurrences> = {}): Occurrences => ({
  start: `${TUESDAY}T${start}`,
  end: `${TUESDAY}T${end}`,
  recurrence: null,
  exceptDates: [],
  extraDates: [],
  ...changes,
});

/** A playlist of assets by their numbers, and those assets. */
export function listOf(number: number, assets: readonly number[]) {
  const items = assets.map((asset, index) => sampleItem(number * 100 + index, { assetId: uuid(1, asset) }));
  return { id: uuid(3, number), name: `Playlist ${number}`, order: "sequence" as const, items };
}
export const assetsTo = (count: number) => Array.from({ length: count }, (_, number) => sampleAsset(number));

/** The number of what a slot shows: of an asset, or of a layout with an `L`. */
export function nameOf(slot: Slot | undefined): string {
  if (!slot) return "-";
  return slot.kind === "asset" ? `${Number(slot.assetId.slice(-4))}` : `L${Number(slot.layoutId.slice(-4))}`;
}

/** What is shown from one time to another, slot by slot: `0@09:00:00 1@09:00:10`. */
export function shown(manifest: Manifest, from: string, until: string, date = TUESDAY): string {
  return compileDay(manifest, date)
    .slots.filter(({ startMs, endMs }) => endMs > at(from) && startMs < at(until))
    .map((slot) => `${nameOf(slot)}@${new Date(slot.startMs).toISOString().slice(11, 19)}`)
    .join(" ");
}

/** The names of what is shown in order, without times. */
export function order(manifest: Manifest, count: number, from = "00:00"): string {
  const slots = compileDay(manifest, TUESDAY).slots.filter(({ startMs }) => startMs >= at(from));
  return slots.slice(0, count).map(nameOf).join(" ");
}

/** The content of an entry: a playlist, or an asset. */
export const playing = (number: number) => ({ kind: "playlist" as const, playlistId: uuid(3, number) });
export const showing = (number: number) => ({ kind: "asset" as const, assetId: uuid(1, number) });
/** A zone that plays a playlist. */
export const zone = (number: number, playlist: number | null, name = `Zone ${number}`) => ({
  id: uuid(7, number),
  name,
  ...{ left: 0, top: 0, width: 1, height: 1, z: 0 },
  playlistId: playlist === null ? null : uuid(3, playlist),
});
/** A layout whose first zone is the main one. */
export const layoutOf = (
  number: number,
  zones: ReturnType<typeof zone>[],
  durationMs: number | null = null,
) => ({
  id: uuid(6, number),
  name: `Layout ${number}`,
  zones,
  mainZoneId: zones[0]?.id ?? "",
  durationMs,
});

/** A screen whose own playlist shows the assets 0, 1 and 2 for 10 s each. */
export const base = (changes: Parameters<typeof sampleManifest>[0] = {}) =>
  sampleManifest({
    playlistId: uuid(3, 0),
    playlists: [listOf(0, [0, 1, 2])],
    assets: assetsTo(10),
    ...changes,
  });
