import type { LayoutAspect, LayoutView, ZoneInput } from "@vitrine/core/model/layout";
import { type Box, moved } from "./zone-geometry.ts";

/** A layout as it is being edited. Zones lie over each other in their order, the last uppermost. */
export type Draft = {
  aspect: LayoutAspect;
  zones: readonly ZoneInput[];
  mainZoneId: string;
  durationMs: number | null;
};

/** The draft that changes nothing of a layout. */
export function draftOf({ aspect, zones, mainZoneId, durationMs }: LayoutView): Draft {
  return {
    aspect,
    zones: zones.map(({ playlistName: _, ...zone }, z) => ({ ...zone, z })),
    mainZoneId,
    durationMs,
  };
}

/** Whether two drafts say the same. */
export function isSameDraft(one: Draft, other: Draft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The draft with something of one zone changed. */
export function withZone(draft: Draft, id: string, change: Partial<Omit<ZoneInput, "id" | "z">>): Draft {
  return { ...draft, zones: draft.zones.map((zone) => (zone.id === id ? { ...zone, ...change } : zone)) };
}

/** The draft with one zone more, over all others. */
export function withAdded(draft: Draft, id: string, name: string, box: Box): Draft {
  return stacked(draft, [
    ...draft.zones,
    { id, name: freeName(draft, name), ...box, z: 0, playlistId: null },
  ]);
}

/** The draft with a copy of a zone a little aside of it, over all others. */
export function withCopy(draft: Draft, id: string, copyId: string): Draft {
  const zone = draft.zones.find((one) => one.id === id);
  if (!zone) return draft;
  const aside = moved(zone, 0.03, 0.03);
  const copy = { ...zone, ...aside, id: copyId, name: freeName(draft, zone.name) };
  return stacked(draft, [...draft.zones, copy]);
}

/** The draft without a zone; the last one stays. Another becomes the main one if it was that. */
export function withoutZone(draft: Draft, id: string): Draft {
  const zones = draft.zones.filter((zone) => zone.id !== id);
  const [first] = zones;
  if (!first) return draft;
  return stacked(
    { ...draft, mainZoneId: draft.mainZoneId === id ? largest(zones, first) : draft.mainZoneId },
    zones,
  );
}

/** The draft with a zone one step nearer to the front, or to the back. */
export function withStep(draft: Draft, id: string, step: 1 | -1): Draft {
  const from = draft.zones.findIndex((zone) => zone.id === id);
  const zone = draft.zones[from];
  const to = from + step;
  if (!zone || to < 0 || to >= draft.zones.length) return draft;
  const rest = draft.zones.filter((one) => one !== zone);
  return stacked(draft, [...rest.slice(0, to), zone, ...rest.slice(to)]);
}

/** A name that no zone has: the one wanted, or it with the first number that is free. */
export function freeName({ zones }: Pick<Draft, "zones">, wanted: string): string {
  const taken = new Set(zones.map(({ name }) => name));
  const stem = wanted.replace(/ \d+$/, "").slice(0, 55);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${stem} ${number}`;
    if (!taken.has(name)) return name;
  }
}

function stacked(draft: Draft, zones: readonly ZoneInput[]): Draft {
  return { ...draft, zones: zones.map((zone, z) => ({ ...zone, z })) };
}

function largest(zones: readonly ZoneInput[], first: ZoneInput): string {
  return zones.reduce(
    (most, zone) => (zone.width * zone.height > most.width * most.height ? zone : most),
    first,
  ).id;
}
