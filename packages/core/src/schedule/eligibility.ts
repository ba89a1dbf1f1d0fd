import type { ManifestAsset, ManifestItem, ManifestPlaylist } from "../model/manifest.ts";
import { daypartSpans, type Span } from "./activity.ts";
import type { Program } from "./program.ts";

/** Why an item is not in the loop. */
export type Absence =
  | "cut"
  | "missing"
  | "outside_daypart"
  | "not_yet_available"
  | "no_longer_available"
  | "nothing_playable";

/** What can play, between two instants at which that changes. */
export interface EligibleSet {
  /** The asset of an item that is in the loop. */
  findAsset(item: ManifestItem): ManifestAsset | undefined;
  isAssetOn(asset: ManifestAsset): boolean;
  isItemOn(item: ManifestItem): boolean;
  isPlaylistOn(playlistId: string): boolean;
  /** The place of the first item from `place` on that is in the loop; the list's length when there is none. */
  findNext(order: readonly ManifestItem[], place: number): number;
  /** The items of a playlist that are in the loop, in its order. */
  itemsOn(playlist: ManifestPlaylist): readonly ManifestItem[];
  /** Why an item is not in the loop; undefined: it is. */
  absenceOf(item: ManifestItem): Absence | undefined;
}

/** What can play within a range. */
export interface Eligibility {
  /** The instants within the range at which it changes, in order. */
  readonly boundariesMs: readonly number[];
  at(instantMs: number): EligibleSet;
}

/** Prepares the question for one screen and a range. */
export function eligibilityOf(program: Program, range: Span): Eligibility {
  const { manifest } = program;
  const used = new Set(manifest.playlists.flatMap(({ items }) => items.flatMap((item) => item.daypartIds)));
  const spans = new Map<string, Span[]>();
  const edges = new Set<number>();
  for (const id of used) {
    const daypart = program.dayparts.get(id);
    const active = daypart ? daypartSpans(daypart, manifest.timeZone, range) : [];
    spans.set(id, active);
    for (const { startMs, endMs } of active) edges.add(startMs).add(endMs);
  }
  for (const { availableFrom, availableUntil } of manifest.assets) {
    if (availableFrom !== null) edges.add(Date.parse(availableFrom));
    if (availableUntil !== null) edges.add(Date.parse(availableUntil));
  }
  const boundariesMs = [...edges]
    .filter((edge) => edge > range.startMs && edge < range.endMs)
    .sort((one, other) => one - other);
  const sets = new Map<number, EligibleSet>();
  return {
    boundariesMs,
    at(instantMs) {
      const place = lastNotAfter(boundariesMs, instantMs);
      const known = sets.get(place);
      if (known) return known;
      const set = makeSet(program, spans, boundariesMs[place] ?? range.startMs);
      sets.set(place, set);
      return set;
    },
  };
}

/** The place of the last number that is not greater, in an ordered list; -1 before the first. */
export function lastNotAfter(ordered: readonly number[], value: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle] ?? Number.POSITIVE_INFINITY) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function makeSet(program: Program, spans: ReadonlyMap<string, Span[]>, atMs: number): EligibleSet {
  const playlistsOn = new Map<string, boolean>();
  const activeDayparts = new Set(
    [...spans].flatMap(([id, list]) =>
      list.some((one) => one.startMs <= atMs && atMs < one.endMs) ? [id] : [],
    ),
  );
  const itemsOn = new Map<ManifestPlaylist, readonly ManifestItem[]>();
  const nextPlaces = new WeakMap<readonly ManifestItem[], Int32Array>();
  const absences = new Map<ManifestAsset, Absence | undefined>();
  const absenceOfAsset = (asset: ManifestAsset): Absence | undefined => {
    if (!absences.has(asset)) absences.set(asset, absenceAt(asset, atMs));
    return absences.get(asset);
  };
  const set: EligibleSet = {
    absenceOf(item) {
      if (item.daypartIds.length > 0 && !item.daypartIds.some((id) => activeDayparts.has(id)))
        return "outside_daypart";
      if (item.assetId !== null) {
        const asset = program.assets.get(item.assetId);
        return asset ? absenceOfAsset(asset) : "missing";
      }
      if (program.cutItems.has(item)) return "cut";
      if (item.playlistId === null || !program.playlists.has(item.playlistId)) return "missing";
      return set.isPlaylistOn(item.playlistId) ? undefined : "nothing_playable";
    },
    findNext(order, place) {
      const known = nextPlaces.get(order) ?? nextPlacesOf(order, set.isItemOn);
      nextPlaces.set(order, known);
      return known[place] ?? order.length;
    },
    itemsOn(playlist) {
      const known = itemsOn.get(playlist) ?? playlist.items.filter(set.isItemOn);
      itemsOn.set(playlist, known);
      return known;
    },
    isItemOn: (item) => set.absenceOf(item) === undefined,
    isAssetOn: (asset) => absenceOfAsset(asset) === undefined,
    findAsset: (item) => (item.assetId === null ? undefined : program.assets.get(item.assetId)),
    isPlaylistOn(playlistId) {
      const known = playlistsOn.get(playlistId);
      if (known !== undefined) return known;
      const isOn = program.playlists.get(playlistId)?.items.some(set.isItemOn) ?? false;
      playlistsOn.set(playlistId, isOn);
      return isOn;
    },
  };
  return set;
}

function absenceAt({ availableFrom, availableUntil }: ManifestAsset, atMs: number): Absence | undefined {
  if (availableFrom !== null && Date.parse(availableFrom) > atMs) return "not_yet_available";
  if (availableUntil !== null && Date.parse(availableUntil) <= atMs) return "no_longer_available";
  return undefined;
}

/** For each place of a list the first place from there on whose item passes: a long list of mostly absent items costs one look. */
function nextPlacesOf(order: readonly ManifestItem[], isOn: (item: ManifestItem) => boolean): Int32Array {
  const places = new Int32Array(order.length);
  let next = order.length;
  for (let place = order.length - 1; place >= 0; place -= 1) {
    const item = order[place];
    if (item && isOn(item)) next = place;
    places[place] = next;
  }
  return places;
}
