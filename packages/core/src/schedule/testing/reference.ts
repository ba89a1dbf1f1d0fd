import type { Manifest, ManifestAsset, ManifestItem, ManifestPlaylist } from "../../model/manifest.ts";
import type { Entry } from "../../model/schedule.ts";
import { daypartSpans, occurrenceDates } from "../activity.ts";
import { shuffled } from "../shuffle.ts";
import { addDays, dayBounds, daysBetween, instantAt, localDateAt, timeOfDayMs } from "../time.ts";

/** What is on a screen at one instant: who put it there, and since when. */
export type Glimpse = { assetId: string; itemId: string; entryId: string | null; sinceMs: number };

type Found = { assetId: string; itemId: string; item: ManifestItem | null; durationMs: number };
type Showing = {
  key: string;
  entry: Entry | null;
  found: Found;
  sinceMs: number;
  endMs: number;
  isInGrace: boolean;
};
type Occurring = { entry: Entry; key: string; startMs: number };

/**
 * The schedule evaluated with no cleverness, for tests: it walks over one day in equal steps, asks of every entry at
 * every step whether it is active, and steps the loops by hand. Everything in the manifest must fall on whole steps.
 * For manifests without layouts. `onStep` gets what is on the screen at each step; where it gives false the walk ends.
 */
export function walkDay(
  manifest: Manifest,
  localDate: string,
  stepMs: number,
  onStep: (instantMs: number, glimpse: Glimpse | undefined) => boolean | undefined,
): void {
  const day = dayBounds(manifest.timeZone, localDate);
  const entries = manifest.entries.toSorted((one, other) =>
    one.createdAt === other.createdAt
      ? one.id < other.id
        ? -1
        : 1
      : one.createdAt < other.createdAt
        ? -1
        : 1,
  );
  const asked = new Map(entries.map((entry) => [entry.id, stretchesOf(entry, manifest, day)]));
  const loops = new Map<string, Iterator<Found>>();
  const lastServed = new Map<number, number>();
  const owed = new Map<string, number>();
  let nowMs = day.startMs;
  let showing: Showing | undefined;
  let formerOverride: string | undefined;

  const isAssetOn = (asset: ManifestAsset) =>
    (asset.availableFrom === null || Date.parse(asset.availableFrom) <= nowMs) &&
    (asset.availableUntil === null || nowMs < Date.parse(asset.availableUntil));
  const findAsset = (id: string | null) => manifest.assets.find((one) => one.id === id);
  const findPlaylist = (id: string | null) => manifest.playlists.find((one) => one.id === id);
  const daypartStretches = new Map(
    manifest.dayparts.map((one) => [one.id, daypartSpans(one, manifest.timeZone, day)] as const),
  );
  const isDaypartOn = (id: string) =>
    (daypartStretches.get(id) ?? []).some(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs);

  const isItemOn = (item: ManifestItem): boolean => {
    if (item.daypartIds.length > 0 && !item.daypartIds.some(isDaypartOn)) return false;
    const asset = findAsset(item.assetId);
    if (item.assetId !== null) return asset !== undefined && isAssetOn(asset);
    const playlist = findPlaylist(item.playlistId);
    return playlist?.items.some(isItemOn) ?? false;
  };
  const isContentOn = ({ content }: Entry): boolean => {
    if (content.kind === "playlist") return findPlaylist(content.playlistId)?.items.some(isItemOn) ?? false;
    const asset = content.kind === "asset" ? findAsset(content.assetId) : undefined;
    return asset !== undefined && isAssetOn(asset);
  };

  const orderOf = (
    playlist: ManifestPlaylist,
    cycle: number,
    last: ManifestItem | undefined,
  ): ManifestItem[] => {
    const isShuffle = playlist.order === "shuffle";
    const base = isShuffle
      ? shuffled(playlist.items.filter(isItemOn), `${playlist.id} ${localDate} ${cycle}`)
      : playlist.items;
    const placed = base.flatMap((item, index) =>
      Array.from({ length: item.weight }, (_, turn) => ({ item, index, at: (turn + 0.5) / item.weight })),
    );
    placed.sort((one, other) => (one.at === other.at ? one.index - other.index : one.at - other.at));
    const order = placed.map(({ item }) => item);
    const first = order.find(isItemOn);
    const other = order.find((item) => isItemOn(item) && item !== last);
    if (isShuffle && first && first === last && other) {
      const [at, from] = [order.indexOf(first), order.indexOf(other)];
      order[at] = other;
      order[from] = first;
    }
    return order;
  };
  const cycles = (playlist: ManifestPlaylist) => {
    const nested = new Map<string, { pass(): Generator<Found>; endless: Iterator<Found> }>();
    let cycle = 0;
    let last: ManifestItem | undefined;
    function* pass(): Generator<Found> {
      for (const item of orderOf(playlist, cycle++, last)) {
        if (!isItemOn(item)) continue;
        last = item;
        const asset = findAsset(item.assetId);
        const inner = findPlaylist(item.playlistId);
        if (asset) {
          yield { assetId: asset.id, itemId: item.id, item, durationMs: item.durationMs ?? asset.durationMs };
        } else if (inner) {
          const one = nested.get(item.id) ?? cycles(inner);
          nested.set(item.id, one);
          if (item.take === null) yield* one.pass();
          else {
            for (let given = 0; given < item.take && inner.items.some(isItemOn); given += 1) {
              yield nextOf(one.endless);
            }
          }
        }
      }
    }
    function* endless(): Generator<Found> {
      for (;;) yield* pass();
    }
    return { pass, endless: endless() };
  };

  const loopOf = (key: string, entry: Entry | null, playlistId: string | null): Iterator<Found> => {
    const known = loops.get(key);
    if (known) return known;
    const playlist = findPlaylist(playlistId);
    const made = playlist ? cycles(playlist).endless : repeat(entry);
    loops.set(key, made);
    return made;
  };
  function* repeat(entry: Entry | null): Generator<Found> {
    const asset = entry?.content.kind === "asset" ? findAsset(entry.content.assetId) : undefined;
    while (asset && entry)
      yield { assetId: asset.id, itemId: entry.id, item: null, durationMs: asset.durationMs };
  }

  for (; nowMs < day.endMs; nowMs += stepMs) {
    const active = entries.flatMap((entry): Occurring[] => {
      const stretch = asked.get(entry.id)?.(nowMs);
      return stretch && isContentOn(entry) ? [{ entry, ...stretch }] : [];
    });
    const overrides = active.filter(({ entry }) => entry.kind === "override");
    const highestOverride = Math.max(...overrides.map(({ entry }) => entry.priority));
    const override = overrides.findLast(({ entry }) => entry.priority === highestOverride);
    const normals = active.filter(({ entry }) => entry.kind === "normal");
    const highest = Math.max(...normals.map(({ entry }) => entry.priority));
    const group = normals.filter(({ entry }) => entry.priority === highest);
    const interrupts = active.filter(({ entry }) => entry.kind === "interrupt");
    const fallback = [manifest.playlistId, manifest.defaultPlaylistId].find(
      (id) => findPlaylist(id)?.items.some(isItemOn) ?? false,
    );
    const playing = override ? [override] : [...group, ...interrupts];

    if (showing && showing.endMs <= nowMs) showing = undefined;
    if (showing) {
      const { key, found, entry } = showing;
      const asset = findAsset(found.assetId);
      const isExact = playing.some(
        (one) => one.entry.startsExactly && one.startMs === nowMs && one.key !== key,
      );
      const isCut = override?.key !== formerOverride || isExact || !asset || !isAssetOn(asset);
      const isKept =
        (found.item === null || isItemOn(found.item)) &&
        (entry
          ? playing.some((one) => one.key === key)
          : !override && group.length === 0 && key === `playlist ${fallback}`);
      if (isCut) showing = undefined;
      else if (!isKept && !showing.isInGrace) {
        if (showing.endMs - nowMs > manifest.graceMs) showing = undefined;
        else showing.isInGrace = true;
      }
    }
    formerOverride = override?.key;

    if (!showing) {
      const isAlone = group.length === 0 && fallback === undefined;
      let due: Occurring | undefined;
      for (const one of override ? [] : interrupts) {
        const debt = owed.get(one.key) ?? 0;
        if ((isAlone || debt > 0) && (!due || debt > (owed.get(due.key) ?? 0))) due = one;
      }
      let chosen = override ?? due;
      if (!chosen && group.length > 0) {
        const last = lastServed.get(highest) ?? -1;
        chosen = group.find(({ entry }) => entries.indexOf(entry) > last) ?? group[0];
        if (chosen) lastServed.set(highest, entries.indexOf(chosen.entry));
      }
      if (chosen) {
        const { entry, key } = chosen;
        const playlistId = entry.content.kind === "playlist" ? entry.content.playlistId : null;
        const found = nextOf(loopOf(key, entry, playlistId));
        showing = { key, entry, found, sinceMs: nowMs, endMs: nowMs + found.durationMs, isInGrace: false };
      } else if (fallback != null) {
        const key = `playlist ${fallback}`;
        const found = nextOf(loopOf(key, null, fallback));
        showing = {
          key,
          entry: null,
          found,
          sinceMs: nowMs,
          endMs: nowMs + found.durationMs,
          isInGrace: false,
        };
      }
    }
    if (showing?.entry?.kind !== "override") {
      const total = interrupts.reduce((sum, { entry }) => sum + thousandths(entry), 0);
      for (const { key, entry } of interrupts) {
        const share = total > 1000 ? Math.floor((thousandths(entry) * 1000) / total) : thousandths(entry);
        owed.set(key, (owed.get(key) ?? 0) + stepMs * (share - (showing?.key === key ? 1000 : 0)));
      }
    }
    const goesOn = onStep(
      nowMs,
      showing && {
        assetId: showing.found.assetId,
        itemId: showing.found.itemId,
        entryId: showing.entry?.id ?? null,
        sinceMs: showing.sinceMs,
      },
    );
    if (goesOn === false) return;
  }
}

const thousandths = ({ sharePercent }: Entry) => Math.round((sharePercent ?? 0) * 10);

/** Whether an entry is active at an instant: the beginning of its stretch, and of which occurrence it is. */
function stretchesOf(entry: Entry, manifest: Manifest, day: { startMs: number; endMs: number }) {
  const timeZone = entry.timeZone ?? manifest.timeZone;
  const dayparts = entry.daypartIds.map((id) => {
    const daypart = manifest.dayparts.find((one) => one.id === id);
    return daypart ? daypartSpans(daypart, timeZone, day) : [];
  });
  const occurrences: { startMs: number; endMs: number }[] = [];
  if (entry.when) {
    const startDate = entry.when.start.slice(0, 10);
    const length = daysBetween(startDate, entry.when.end.slice(0, 10));
    const from = addDays(localDateAt(timeZone, day.startMs), -length - 2);
    for (const date of occurrenceDates(entry.when, startDate, from, addDays(from, length + 6))) {
      occurrences.push({
        startMs: instantAt(timeZone, date, timeOfDayMs(entry.when.start.slice(11))),
        endMs: instantAt(timeZone, addDays(date, length), timeOfDayMs(entry.when.end.slice(11))),
      });
    }
  }
  const occurrenceAt = (atMs: number): number | undefined => {
    if (entry.validFrom !== null && atMs < Date.parse(entry.validFrom)) return undefined;
    if (entry.validUntil !== null && atMs >= Date.parse(entry.validUntil)) return undefined;
    if (
      dayparts.length > 0 &&
      !dayparts.flat().some(({ startMs, endMs }) => startMs <= atMs && atMs < endMs)
    ) {
      return undefined;
    }
    if (!entry.when) return 0;
    return occurrences.findLast(({ startMs, endMs }) => startMs <= atMs && atMs < endMs)?.startMs;
  };
  let beganMs = Number.NaN;
  let former: number | undefined;
  let formerMs = Number.NaN;
  return (nowMs: number): { key: string; startMs: number } | undefined => {
    const occurrence = occurrenceAt(nowMs);
    if (occurrence === undefined) {
      former = undefined;
      return undefined;
    }
    if (occurrence !== former || Number.isNaN(formerMs)) beganMs = occurrence !== former ? nowMs : beganMs;
    if (Number.isNaN(formerMs) && occurrenceAt(nowMs - 1) === occurrence) beganMs = Number.NEGATIVE_INFINITY;
    former = occurrence;
    formerMs = nowMs;
    return { key: `${entry.id} ${occurrence}`, startMs: beganMs };
  };
}

function nextOf(loop: Iterator<Found>): Found {
  const { value, done } = loop.next();
  if (done || value === undefined) throw new Error("The loop of something playable gave nothing");
  return value;
}
