import type { createEntryInput, EntryView } from "@vitrine/core/model/entry";
import type * as z from "zod";
import { contentInputOf, type ShownContent, shownContentOf } from "../shown/shown-content.ts";
import { type Targets, targetsInputOf } from "../targets/targets.ts";
import {
  addDays,
  DAY_MS,
  dateOf,
  HOUR_MS,
  instantOfWall,
  localText,
  startOf,
  wallAt,
  wallOf,
} from "./wall-time.ts";

export const WHEN_KINDS = ["always", "once", "repeating"] as const;
/** The times of an entry as they are typed: dates `2026-11-24`, times `09:00`, both empty while they are no such. */
export type WhenValues = {
  kind: (typeof WHEN_KINDS)[number];
  startDate: string;
  startTime: string;
  endDate: string;
  endTime: string;
  recurrence: string;
  exceptDates: string[];
  extraDates: string[];
};
/** An entry as it is edited. */
export type EntryValues = {
  name: string;
  content: ShownContent | null;
  targets: Targets;
  when: WhenValues;
  /** Local times of the entry's zone, or empty. */
  validFrom: string;
  validUntil: string;
  daypartIds: string[];
  kind: EntryView["kind"];
  sharePercent: string;
  priority: string;
  startsExactly: boolean;
  zoneName: string;
  /** Empty: each screen's own. */
  timeZone: string;
  isEnabled: boolean;
  /** Of a new entry: what it belongs to; undefined: not chosen. One that is there is moved by itself. */
  businessId?: string | undefined | null;
};
export type EntryInput = z.infer<typeof createEntryInput>;

/** A new entry from a local start to an end, for the screens that are being looked at. */
export function blankValues(span: { start: number; end: number }, targets: Targets): EntryValues {
  return {
    name: "",
    content: null,
    targets,
    when: { ...whenOf(span.start, span.end), kind: "once" },
    validFrom: "",
    validUntil: "",
    daypartIds: [],
    kind: "normal",
    sharePercent: "",
    priority: "0",
    startsExactly: false,
    zoneName: "",
    timeZone: "",
    isEnabled: true,
  };
}

/** An entry's values; `timeZone` is where an entry that means each screen's time is looked at from. */
export function valuesOf(entry: EntryView, timeZone: string, nowMs: number): EntryValues {
  const zone = entry.timeZone ?? timeZone;
  const local = (instant: string | null) =>
    instant === null ? "" : localText(wallAt(instant, zone)).slice(0, 16);
  const { when } = entry;
  const nextHour = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  const times = when ? whenOf(wallOf(when.start), wallOf(when.end)) : whenOf(nextHour, nextHour + HOUR_MS);
  const repeats = when !== null && (when.recurrence !== null || when.extraDates.length > 0);
  return {
    name: entry.name,
    content: shownContentOf(entry),
    targets: entry.targets,
    when: {
      ...times,
      kind: when === null ? "always" : repeats ? "repeating" : "once",
      recurrence: when?.recurrence ?? "",
      exceptDates: [...(when?.exceptDates ?? [])].sort(),
      extraDates: [...(when?.extraDates ?? [])].sort(),
    },
    validFrom: local(entry.validFrom),
    validUntil: local(entry.validUntil),
    daypartIds: entry.daypartIds,
    kind: entry.kind,
    sharePercent: entry.sharePercent === null ? "" : String(entry.sharePercent),
    priority: String(entry.priority),
    startsExactly: entry.startsExactly,
    zoneName: entry.zoneName ?? "",
    timeZone: entry.timeZone ?? "",
    isEnabled: entry.isEnabled,
  };
}

/** The values as the server takes them, before anybody has looked whether they are an entry. */
export function inputOf(values: EntryValues, timeZone: string): unknown {
  const { content, targets, when } = values;
  const zone = values.timeZone || timeZone;
  const instant = (local: string) => (local === "" ? null : instantOfWall(wallOf(local), zone));
  return {
    name: values.name.trim() || content?.name,
    kind: values.kind,
    content: content ? contentInputOf(content) : undefined,
    targets: targetsInputOf(targets),
    priority: Number(values.priority),
    timeZone: values.timeZone || null,
    when:
      when.kind === "always"
        ? null
        : {
            start: `${when.startDate}T${when.startTime}`,
            end: `${when.endDate}T${when.endTime}`,
            recurrence: when.kind === "repeating" && when.recurrence !== "" ? when.recurrence : null,
            exceptDates: when.kind === "repeating" ? when.exceptDates : [],
            extraDates: when.kind === "repeating" ? when.extraDates : [],
          },
    validFrom: instant(values.validFrom),
    validUntil: instant(values.validUntil),
    daypartIds: values.daypartIds,
    startsExactly: values.startsExactly,
    sharePercent: values.kind === "interrupt" ? Number(values.sharePercent) : null,
    zoneName: values.kind === "override" ? values.zoneName.trim() || null : null,
    isEnabled: values.isEnabled,
    businessId: values.businessId,
  };
}

/** The times after the start moved: the end keeps its distance, so that the entry stays as long as it was. */
export function withStart(when: WhenValues, part: { startDate?: string; startTime?: string }): WhenValues {
  const next = { ...when, ...part };
  const [before, after] = [
    wallOf(`${when.startDate}T${when.startTime}`),
    wallOf(`${next.startDate}T${next.startTime}`),
  ];
  const end = wallOf(`${when.endDate}T${when.endTime}`);
  if (Number.isNaN(before + after + end)) return next;
  const moved = localText(end + after - before);
  return { ...next, endDate: moved.slice(0, 10), endTime: moved.slice(11) };
}

/** The times after the end's time of day was typed: one that is before the start is on the next day. */
export function withEndTime(when: WhenValues, endTime: string): WhenValues {
  const { startDate, startTime, endDate } = when;
  const isLong = startOf(endDate) - startOf(startDate) > DAY_MS;
  if (endTime === "" || startDate === "" || isLong) return { ...when, endTime };
  return { ...when, endTime, endDate: endTime > startTime ? startDate : addDays(startDate, 1) };
}

/** Times from a local start to an end, once. */
export function whenOf(start: number, end: number): WhenValues {
  const [from, until] = [localText(start), localText(end)];
  return {
    kind: "once",
    startDate: dateOf(start),
    startTime: from.slice(11),
    endDate: dateOf(end),
    endTime: until.slice(11),
    recurrence: "",
    exceptDates: [],
    extraDates: [],
  };
}
