import type { Manifest } from "../model/manifest.ts";
import type { Entry, Layout } from "../model/schedule.ts";
import { activitiesOf, type Span } from "./activity.ts";
import { entryLoop, isContentOn, playlistLoop, type Turn } from "./content-loop.ts";
import { type Eligibility, eligibilityOf } from "./eligibility.ts";
import { type Diagnostic, type Program, programOf } from "./program.ts";
import { dayBounds } from "./time.ts";
import {
  type Contender,
  type Contest,
  type Fallback,
  runTrack,
  type SlotReason,
  type TrackSlot,
} from "./track.ts";

export type { SlotReason } from "./track.ts";

type SlotBase = Span & {
  /** Unique within a screen and stable across rebuilds that change nothing before it. */
  slotId: string;
  /** The line of the playlist, or the entry where its content stands by itself. */
  itemId: string;
  /** False when the slot ends before its content's duration is over. */
  isWhole: boolean;
  reason: SlotReason;
  /** Null: its own playlist, or the default. */
  entryId: string | null;
};
/** One showing of an asset, half-open `[startMs, endMs)` in epoch milliseconds, UTC. */
export type AssetSlot = SlotBase & { kind: "asset"; playlistId: string | null; assetId: string };
/** One or more showings of a layout that follow each other directly. */
export type LayoutSlot = SlotBase & { kind: "layout"; layoutId: string; zones: readonly ZoneTrack[] };
export type Slot = AssetSlot | LayoutSlot;
/** What plays in one zone of a layout while its slot lasts. */
export type ZoneTrack = { zoneId: string; name: string; slots: readonly AssetSlot[] };

/** One local day of one screen. Slots are in order and without overlap; between them, and where there are none, the screen is idle. */
export type Timeline = {
  localDate: string;
  startMs: number;
  endMs: number;
  slots: readonly Slot[];
  diagnostics: readonly Diagnostic[];
};

/**
 * The timeline of a local date (ISO 8601). The day's start is a hard boundary: every loop begins with its first item,
 * and what runs past the day's end is cut there. Total: a valid manifest never makes it throw.
 */
export function compileDay(manifest: Manifest, localDate: string): Timeline {
  const program = programOf(manifest);
  const day = dayBounds(manifest.timeZone, localDate);
  const { diagnostics } = program;
  if (day.startMs >= day.endMs) return { ...day, slots: [], diagnostics };
  const eligibility = eligibilityOf(program, day);
  const contenders = contendersOf(program, day, localDate);
  const contest: Contest = {
    overrides: contenders.filter(({ entry }) => entry.kind === "override" && entry.zoneName === null),
    normals: contenders.filter(({ entry }) => entry.kind === "normal"),
    interrupts: contenders.filter(({ entry }) => entry.kind === "interrupt"),
    fallbacks: fallbacksOf(program, localDate),
    eligibility,
    graceMs: manifest.graceMs,
  };
  const zoneOverrides = contenders.filter(({ entry }) => entry.zoneName !== null);
  const slots = runTrack(contest, day).map((slot) =>
    slot.turn.kind === "layout"
      ? toLayoutSlot(slot, slot.turn.layout, (zone) =>
          runZone(program, zone, zoneOverrides, eligibility, localDate, slot),
        )
      : toAssetSlot(slot, slot.turn, ""),
  );
  return { ...day, slots, diagnostics };
}

export type EntryContender = Contender & { entry: Entry };

/** What each entry puts into a range: a contender for each of its stretches, in order of (createdAt, id). */
export function contendersOf(program: Program, range: Span, localDate: string): EntryContender[] {
  const { manifest } = program;
  return program.entries.flatMap((entry, rank) =>
    activitiesOf(entry, manifest.timeZone, program.dayparts, range).map((activity) => ({
      entry,
      entryId: entry.id,
      activity,
      rank,
      priority: entry.priority,
      startsExactly: entry.startsExactly,
      share: Math.round((entry.sharePercent ?? 0) * 10),
      isOn: (set) => isContentOn(program, entry, set),
      makeLoop: () => entryLoop(program, entry, localDate),
    })),
  );
}

/** The screen's own playlist, then the organization's. */
export function fallbacksOf(program: Program, localDate: string): Fallback[] {
  const { playlistId, defaultPlaylistId } = program.manifest;
  return [
    ...fallbackOf(program, playlistId, "screen_playlist", localDate),
    ...fallbackOf(program, defaultPlaylistId, "organization_default", localDate),
  ];
}

function fallbackOf(
  program: Program,
  playlistId: string | null,
  reason: SlotReason,
  localDate: string,
): Fallback[] {
  if (playlistId === null) return [];
  return [{ reason, playlistId, makeLoop: () => playlistLoop(program, playlistId, localDate) }];
}

/** The loop of a zone starts with the slot of its layout; an override of that zone's name takes it over. */
function runZone(
  program: Program,
  zone: Layout["zones"][number],
  overrides: readonly EntryContender[],
  eligibility: Eligibility,
  localDate: string,
  range: Span,
): TrackSlot[] {
  const contest = {
    overrides: overrides.filter(({ entry }) => entry.zoneName === zone.name),
    normals: [],
    interrupts: [],
    fallbacks: fallbackOf(program, zone.playlistId, "zone_playlist", localDate),
    eligibility,
    graceMs: program.manifest.graceMs,
  };
  return runTrack(contest, range);
}

function toLayoutSlot(
  { startMs, endMs, turn, reason, entryId, isWhole }: TrackSlot,
  layout: Layout,
  run: (zone: Layout["zones"][number]) => TrackSlot[],
): LayoutSlot {
  const zones = layout.zones.map((zone) => ({
    zoneId: zone.id,
    name: zone.name,
    slots: run(zone).flatMap((slot) =>
      slot.turn.kind === "asset" ? [toAssetSlot(slot, slot.turn, `${zone.id}-`)] : [],
    ),
  }));
  const { itemId } = turn;
  const slotId = `${startMs}-${itemId}`;
  return {
    kind: "layout",
    slotId,
    startMs,
    endMs,
    itemId,
    isWhole,
    reason,
    entryId,
    layoutId: layout.id,
    zones,
  };
}

function toAssetSlot(
  { startMs, endMs, reason, entryId, isWhole }: TrackSlot,
  { itemId, playlistId, asset }: Turn & { kind: "asset" },
  prefix: string,
): AssetSlot {
  const slotId = `${prefix}${startMs}-${itemId}`;
  return {
    kind: "asset",
    slotId,
    startMs,
    endMs,
    itemId,
    playlistId,
    assetId: asset.id,
    isWhole,
    reason,
    entryId,
  };
}
