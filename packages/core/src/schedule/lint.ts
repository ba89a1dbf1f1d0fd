import type { Manifest } from "../model/manifest.ts";
import type { Entry } from "../model/schedule.ts";
import { meets, mergeSpans, occurrenceDates, type Span } from "./activity.ts";
import { eligibilityOf } from "./eligibility.ts";
import { assetSlotsOf } from "./files-needed.ts";
import { type Program, programOf } from "./program.ts";
import { addDays, dayBounds, daysBetween, instantAt, localDateAt, timeOfDayMs } from "./time.ts";
import { compileDay, contendersOf } from "./timeline.ts";

/** Something about a schedule that its maker would want to know. Instants in epoch milliseconds. */
export type Lint =
  | { kind: "gap"; startMs: number; endMs: number }
  /** In a playlist, layout or entry of the manifest, and never on the screen in the range. */
  | { kind: "never_plays"; assetId: string }
  /** Active in the range, and never on the screen. */
  | { kind: "always_beaten"; entryId: string }
  /** Its local times do not exist on this date, since clocks go forward over them. */
  | { kind: "removed_by_clock_change"; entryId: string; localDate: string }
  | { kind: "share_over_100"; startMs: number; percent: number; entryIds: readonly string[] }
  | { kind: "nothing_playable"; playlistId: string }
  /** Needed before it can be there, at the speed that was given. */
  | { kind: "late_download"; assetId: string; neededAtMs: number; readyAtMs: number };

export type LintOptions = {
  /** What the screen's line carries; without it downloads are not looked at. */
  bytesPerSecond?: number;
  /** Files that are there already, by SHA-256. */
  present?: ReadonlySet<string>;
};

/** What is wrong in `[fromMs, untilMs)`, a range of at most some weeks: every day of it is compiled. */
export function lint(manifest: Manifest, fromMs: number, untilMs: number, options: LintOptions = {}): Lint[] {
  const program = programOf(manifest);
  const range = { startMs: fromMs, endMs: untilMs };
  const shown = new Map<string, number>();
  const shownEntries = new Set<string>();
  const activeEntries = new Set<string>();
  const playable = new Set<string>();
  const shares = new Map<string, Lint & { kind: "share_over_100" }>();
  const covered: Span[] = [];
  for (const localDate of datesOf(manifest, range)) {
    const day = dayBounds(manifest.timeZone, localDate);
    const timeline = compileDay(manifest, localDate);
    for (const slot of timeline.slots) {
      if (!meets(slot, range)) continue;
      covered.push({ startMs: slot.startMs, endMs: slot.endMs });
      if (slot.entryId !== null) shownEntries.add(slot.entryId);
      for (const { assetId, startMs, endMs, entryId } of assetSlotsOf(slot)) {
        if (endMs <= fromMs || startMs >= untilMs) continue;
        if (entryId !== null) shownEntries.add(entryId);
        if (!shown.has(assetId)) shown.set(assetId, Math.max(fromMs, startMs));
      }
    }
    const eligibility = eligibilityOf(program, day);
    for (const atMs of [day.startMs, ...eligibility.boundariesMs]) {
      const set = eligibility.at(atMs);
      for (const { id } of manifest.playlists) if (set.isPlaylistOn(id)) playable.add(id);
    }
    const contenders = contendersOf(program, day, localDate).filter(({ activity }) => meets(activity, range));
    for (const { entryId } of contenders) activeEntries.add(entryId);
    for (const found of overbooked(
      contenders.filter(({ entry }) => entry.kind === "interrupt"),
      day,
    )) {
      shares.set(found.entryIds.join(" "), shares.get(found.entryIds.join(" ")) ?? found);
    }
  }
  return [
    ...gapsOf(covered, range),
    ...usedAssets(program)
      .filter((assetId) => !shown.has(assetId))
      .map((assetId): Lint => ({ kind: "never_plays", assetId })),
    ...manifest.entries
      .filter(({ id }) => activeEntries.has(id) && !shownEntries.has(id))
      .map(({ id }): Lint => ({ kind: "always_beaten", entryId: id })),
    ...manifest.entries.flatMap((entry) => removedOccurrences(entry, manifest.timeZone, range)),
    ...shares.values(),
    ...manifest.playlists
      .filter(({ id }) => !playable.has(id))
      .map(({ id }): Lint => ({ kind: "nothing_playable", playlistId: id })),
    ...lateDownloads(program, shown, fromMs, options),
  ];
}

function* datesOf({ timeZone }: Manifest, { startMs, endMs }: Span): Generator<string> {
  if (startMs >= endMs) return;
  const last = localDateAt(timeZone, endMs - 1);
  for (let date = localDateAt(timeZone, startMs); date <= last; date = addDays(date, 1)) yield date;
}

function gapsOf(covered: readonly Span[], { startMs, endMs }: Span): Lint[] {
  const gaps: Lint[] = [];
  let reachedMs = startMs;
  for (const span of mergeSpans(covered)) {
    if (span.startMs > reachedMs) gaps.push({ kind: "gap", startMs: reachedMs, endMs: span.startMs });
    reachedMs = Math.max(reachedMs, span.endMs);
  }
  if (reachedMs < endMs) gaps.push({ kind: "gap", startMs: reachedMs, endMs });
  return gaps;
}

/** Every asset that something of the manifest would show. */
function usedAssets({ manifest, assets }: Program): string[] {
  const ofItems = manifest.playlists.flatMap(({ items }) => items.map(({ assetId }) => assetId));
  const ofEntries = manifest.entries.map(({ content }) =>
    content.kind === "asset" ? content.assetId : null,
  );
  return [...new Set([...ofItems, ...ofEntries])]
    .filter((id) => id !== null && assets.has(id))
    .filter((id) => id !== null);
}

type Shared = { entryId: string; activity: Span; entry: Entry };

function overbooked(interrupts: readonly Shared[], day: Span): (Lint & { kind: "share_over_100" })[] {
  const edges = [...new Set([day.startMs, ...interrupts.map(({ activity }) => activity.startMs)])];
  return edges
    .filter((edge) => edge >= day.startMs && edge < day.endMs)
    .sort((one, other) => one - other)
    .flatMap((startMs) => {
      const active = interrupts.filter(
        ({ activity }) => activity.startMs <= startMs && startMs < activity.endMs,
      );
      const percent = active.reduce((sum, { entry }) => sum + (entry.sharePercent ?? 0), 0);
      if (percent <= 100) return [];
      return [
        { kind: "share_over_100" as const, startMs, percent, entryIds: active.map(({ entryId }) => entryId) },
      ];
    });
}

/** Occurrences of which clocks that go forward leave nothing. */
function removedOccurrences(entry: Entry, screenTimeZone: string, range: Span): Lint[] {
  const { when } = entry;
  if (!when) return [];
  const timeZone = entry.timeZone ?? screenTimeZone;
  const startDate = when.start.slice(0, 10);
  const lengthDays = daysBetween(startDate, when.end.slice(0, 10));
  const fromDate = localDateAt(timeZone, range.startMs);
  const toDate = localDateAt(timeZone, range.endMs - 1);
  return occurrenceDates(when, startDate, fromDate, toDate).flatMap((localDate): Lint[] => {
    const startMs = instantAt(timeZone, localDate, timeOfDayMs(when.start.slice(11)));
    const endMs = instantAt(timeZone, addDays(localDate, lengthDays), timeOfDayMs(when.end.slice(11)));
    return startMs < endMs ? [] : [{ kind: "removed_by_clock_change", entryId: entry.id, localDate }];
  });
}

/** Files in the order in which they are needed, fetched one after the other from the range's start on. */
function lateDownloads(
  { assets }: Program,
  firstShown: ReadonlyMap<string, number>,
  fromMs: number,
  { bytesPerSecond, present = new Set() }: LintOptions,
): Lint[] {
  if (bytesPerSecond === undefined || bytesPerSecond <= 0) return [];
  const fetched = new Set(present);
  const late: Lint[] = [];
  let readyAtMs = fromMs;
  for (const [assetId, neededAtMs] of [...firstShown].sort(([, one], [, other]) => one - other)) {
    const file = assets.get(assetId)?.file;
    if (!file || fetched.has(file.sha256)) continue;
    fetched.add(file.sha256);
    readyAtMs += (file.sizeBytes / bytesPerSecond) * 1000;
    if (readyAtMs > neededAtMs)
      late.push({ kind: "late_download", assetId, neededAtMs, readyAtMs: Math.ceil(readyAtMs) });
  }
  return late;
}
