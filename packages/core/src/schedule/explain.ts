import type { Manifest } from "../model/manifest.ts";
import type { Span } from "./activity.ts";
import { type Absence, type EligibleSet, eligibilityOf } from "./eligibility.ts";
import { type Playhead, playheadAt } from "./playhead.ts";
import { type Program, programOf } from "./program.ts";
import { dayBounds, localDateAt } from "./time.ts";
import { compileDay, contendersOf, type EntryContender } from "./timeline.ts";

/** What became of an active entry, in the order of the rules. */
export type EntryVerdict =
  /** It has the screen, alone or in turn with others. */
  | "wins"
  | "shares"
  /** An interrupt: it comes for its share of the time. */
  | "interrupts"
  /** An override of one zone: it has that zone of whichever layout plays. */
  | "takes_zone"
  | "beaten_by_override"
  | "beaten_by_priority"
  /** A newer override of the same priority has the screen. */
  | "beaten_by_newer"
  | "nothing_playable";

export type ActiveEntry = {
  entryId: string;
  name: string;
  kind: "normal" | "interrupt" | "override";
  priority: number;
  /** When this stretch of it began and ends; infinite where it has no beginning or end. */
  activity: Span;
  verdict: EntryVerdict;
};

/** An item that would be in what has the screen, and is not. */
export type SkippedItem = { playlistId: string; itemId: string; why: Absence };

/** Why the screen shows what it shows at an instant. */
export type Explanation = {
  instantMs: number;
  localDate: string;
  /** The rule that decided. */
  rule: "override" | "entries" | "screen_playlist" | "organization_default" | "idle";
  /** Every entry that is active then, overrides first, each group by rank. */
  entries: readonly ActiveEntry[];
  skipped: readonly SkippedItem[];
  /** What is on the screen; undefined when idle. It may be what a soft boundary let finish. */
  playhead: Playhead | undefined;
};

/** Explains an instant (epoch milliseconds). Total, and it agrees with `compileDay`, from which the playhead comes. */
export function explain(manifest: Manifest, instantMs: number): Explanation {
  const program = programOf(manifest);
  const localDate = localDateAt(manifest.timeZone, instantMs);
  const day = dayBounds(manifest.timeZone, localDate);
  const set = eligibilityOf(program, day).at(instantMs);
  const active = contendersOf(program, day, localDate).filter(
    ({ activity }) => activity.startMs <= instantMs && instantMs < activity.endMs,
  );
  const judged = judge(active, set);
  const rule = ruleOf(program, judged, set);
  return {
    instantMs,
    localDate,
    rule,
    entries: judged.map(({ contender, verdict }) => toActiveEntry(contender, verdict)),
    skipped: playlistsOf(program, judged, rule).flatMap((id) => skippedIn(program, id, set, new Set())),
    playhead: playheadAt(compileDay(manifest, localDate), instantMs),
  };
}

type Judged = { contender: EntryContender; verdict: EntryVerdict };

const KIND_ORDER = { override: 0, normal: 1, interrupt: 2 } as const;

function judge(active: readonly EntryContender[], set: EligibleSet): Judged[] {
  const isOn = (one: EntryContender) => one.isOn(set);
  const overrides = active.filter(({ entry }) => entry.kind === "override" && entry.zoneName === null);
  const playable = overrides.filter(isOn);
  const highest = Math.max(...playable.map(({ priority }) => priority));
  const winner = playable.findLast(({ priority }) => priority === highest);
  const normals = active.filter((one) => one.entry.kind === "normal" && isOn(one));
  const highestNormal = Math.max(...normals.map(({ priority }) => priority));
  const group = normals.filter(({ priority }) => priority === highestNormal);
  const verdictOf = (one: EntryContender): EntryVerdict => {
    if (!isOn(one)) return "nothing_playable";
    if (one.entry.zoneName !== null) return "takes_zone";
    if (one === winner) return "wins";
    if (one.entry.kind === "override")
      return one.priority < highest ? "beaten_by_priority" : "beaten_by_newer";
    if (winner) return "beaten_by_override";
    if (one.entry.kind === "interrupt") return "interrupts";
    if (one.priority < highestNormal) return "beaten_by_priority";
    return group.length > 1 ? "shares" : "wins";
  };
  return active
    .map((contender) => ({ contender, verdict: verdictOf(contender) }))
    .sort(
      ({ contender: one }, { contender: other }) =>
        KIND_ORDER[one.entry.kind] - KIND_ORDER[other.entry.kind] ||
        other.priority - one.priority ||
        one.rank - other.rank,
    );
}

function ruleOf({ manifest }: Program, judged: readonly Judged[], set: EligibleSet): Explanation["rule"] {
  const has = (kind: string, ...verdicts: EntryVerdict[]) =>
    judged.some(({ contender, verdict }) => contender.entry.kind === kind && verdicts.includes(verdict));
  if (has("override", "wins")) return "override";
  if (has("normal", "wins", "shares")) return "entries";
  if (manifest.playlistId !== null && set.isPlaylistOn(manifest.playlistId)) return "screen_playlist";
  if (manifest.defaultPlaylistId !== null && set.isPlaylistOn(manifest.defaultPlaylistId)) {
    return "organization_default";
  }
  return has("interrupt", "interrupts") ? "entries" : "idle";
}

function toActiveEntry({ entry, activity }: EntryContender, verdict: EntryVerdict): ActiveEntry {
  const { id, name, kind, priority } = entry;
  return { entryId: id, name, kind, priority, activity, verdict };
}

/** The playlists whose items might have been on the screen. */
function playlistsOf({ manifest }: Program, judged: readonly Judged[], rule: Explanation["rule"]): string[] {
  const ofEntries = judged.flatMap(({ contender: { entry }, verdict }) =>
    entry.content.kind === "playlist" && verdict !== "beaten_by_priority" ? [entry.content.playlistId] : [],
  );
  const own = [manifest.playlistId, manifest.defaultPlaylistId].filter((id) => id !== null);
  const isFallback = rule === "screen_playlist" || rule === "organization_default" || rule === "idle";
  return [...new Set([...ofEntries, ...(isFallback ? own : [])])];
}

function skippedIn(program: Program, playlistId: string, set: EligibleSet, seen: Set<string>): SkippedItem[] {
  const playlist = program.playlists.get(playlistId);
  if (!playlist || seen.has(playlistId)) return [];
  seen.add(playlistId);
  return playlist.items.flatMap((item) => {
    const why = set.absenceOf(item);
    const inner = item.playlistId === null ? [] : skippedIn(program, item.playlistId, set, seen);
    return why === undefined ? inner : [{ playlistId, itemId: item.id, why }, ...inner];
  });
}
