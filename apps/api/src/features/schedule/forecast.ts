import {
  type AirtimeView,
  type airtimeInput,
  type ExplanationView,
  type explainInput,
  type LintView,
  type lintInput,
  MAX_PREVIEW_SLOTS,
  type previewInput,
  type previewView,
} from "@vitrine/core/model/entry";
import type { Manifest } from "@vitrine/core/model/manifest";
import {
  type AssetSlot,
  airtime,
  compileDay,
  dayBounds,
  explain,
  type Lint,
  lint,
  localDateAt,
  type Slot,
} from "@vitrine/core/schedule";
import type * as z from "zod";
import { type NameOf, namesOf } from "./names-of.ts";
import { toInstant } from "./queries.ts";

type Named = { id: string; name: string };
type Preview = z.infer<typeof previewView>;
type PreviewSlot = Preview["slots"][number]["zones"][number];

/** What a screen shows in a range, slot by slot; at most 1,000 whole-screen slots, then `nextFrom`. */
export function previewRange(manifest: Manifest, { from, until }: z.infer<typeof previewInput>): Preview {
  const names = namesOf(manifest);
  const untilMs = Date.parse(until);
  const slots: Preview["slots"] = [];
  for (let atMs = Date.parse(from); atMs < untilMs; ) {
    const day = dayBounds(manifest.timeZone, localDateAt(manifest.timeZone, atMs));
    for (const slot of compileDay(manifest, day.localDate).slots) {
      if (slot.endMs <= atMs || slot.startMs >= untilMs) continue;
      if (slots.length >= MAX_PREVIEW_SLOTS) return { slots, nextFrom: new Date(slot.startMs).toISOString() };
      slots.push(toPreviewSlot(slot, names));
    }
    atMs = Math.max(day.endMs, atMs + 1);
  }
  return { slots, nextFrom: null };
}

/** Why a screen shows what it shows at an instant, with names. */
export function explainInstant(manifest: Manifest, { at }: z.infer<typeof explainInput>): ExplanationView {
  const names = namesOf(manifest);
  const told = explain(manifest, Date.parse(at));
  const slot = told.playhead?.slot;
  return {
    at,
    localDate: told.localDate,
    rule: told.rule,
    showing: slot
      ? {
          ...shownIn(slot, names),
          reason: slot.reason,
          startsAt: new Date(slot.startMs).toISOString(),
          endsAt: new Date(slot.endMs).toISOString(),
        }
      : null,
    entries: told.entries.map(({ entryId, kind, priority, activity, verdict }) => ({
      entry: names.entry(entryId),
      kind,
      priority,
      startsAt: toInstant(activity.startMs),
      endsAt: toInstant(activity.endMs),
      verdict,
    })),
    skipped: told.skipped.map(({ playlistId, itemId, why }) => ({
      playlist: names.playlist(playlistId),
      item: names.item(itemId),
      why,
    })),
  };
}

/** How often and how long each asset is on a screen in a range, the longest first. */
export function airtimeOf(manifest: Manifest, { from, until }: z.infer<typeof airtimeInput>): AirtimeView {
  const names = namesOf(manifest);
  const fromMs = Date.parse(from);
  const untilMs = Date.parse(until);
  const rows = airtime(manifest, fromMs, untilMs).map(({ assetId, plays, shownMs }) => ({
    asset: names.asset(assetId),
    plays,
    shownMs,
  }));
  return { rows, totalMs: untilMs - fromMs };
}

/** What the maker of a schedule would want to know of a range. */
export function lintRange(manifest: Manifest, { from, until }: z.infer<typeof lintInput>): LintView {
  const names = namesOf(manifest);
  const found = lint(manifest, Date.parse(from), Date.parse(until));
  return { findings: found.map((one) => toFinding(one, names)) };
}

function shownIn(
  slot: Slot,
  names: NameOf,
): { asset: Named | null; layout: Named | null; entry: Named | null } {
  return {
    asset: slot.kind === "asset" ? names.asset(slot.assetId) : null,
    layout: slot.kind === "layout" ? names.layout(slot.layoutId) : null,
    entry: slot.entryId === null ? null : names.entry(slot.entryId),
  };
}

function toPreviewSlot(slot: Slot, names: NameOf): Preview["slots"][number] {
  const zones = slot.kind === "layout" ? slot.zones : [];
  return {
    ...toPart(slot, names),
    zones: zones.flatMap((zone) =>
      zone.slots.map((inner: AssetSlot) => ({ ...toPart(inner, names), zoneName: zone.name })),
    ),
  };
}

function toPart(slot: Slot, names: NameOf): Omit<PreviewSlot, "zoneName"> {
  return {
    startsAt: new Date(slot.startMs).toISOString(),
    endsAt: new Date(slot.endMs).toISOString(),
    reason: slot.reason,
    ...shownIn(slot, names),
    isWhole: slot.isWhole,
  };
}

function toFinding(one: Lint, names: NameOf): LintView["findings"][number] {
  const at = (ms: number) => new Date(ms).toISOString();
  switch (one.kind) {
    case "gap":
      return { kind: one.kind, startsAt: at(one.startMs), endsAt: at(one.endMs) };
    case "never_plays":
      return { kind: one.kind, asset: names.asset(one.assetId) };
    case "always_beaten":
      return { kind: one.kind, entry: names.entry(one.entryId) };
    case "removed_by_clock_change":
      return { kind: one.kind, entry: names.entry(one.entryId), localDate: one.localDate };
    case "share_over_100":
      return {
        kind: one.kind,
        startsAt: at(one.startMs),
        percent: one.percent,
        entries: one.entryIds.map(names.entry),
      };
    case "nothing_playable":
      return { kind: one.kind, playlist: names.playlist(one.playlistId) };
    case "late_download":
      return {
        kind: one.kind,
        asset: names.asset(one.assetId),
        neededAt: at(one.neededAtMs),
        readyAt: at(one.readyAtMs),
      };
  }
}
