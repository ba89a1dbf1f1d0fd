import { parseRecurrence, type RecurrenceRule } from "../model/recurrence.ts";
import { type Entry, MAX_YEAR, type Occurrences, WEEKDAYS } from "../model/schedule.ts";
import { occurrenceDates } from "./activity.ts";
import { recurrenceDates } from "./recurrence.ts";
import { addDays, daysBetween, HOUR_MS, timeOfDayMs } from "./time.ts";

/** How far a change of one occurrence reaches: it alone, it and those after it, or all of them. */
type Scope = "one" | "following" | "all";
/** An occurrence, by the date that the recurrence names for it, and its new local times. */
export type OccurrenceMove = { date: string; start: string; end: string; scope: Scope };

/** What becomes of an entry's times: those that stay as they are, and those that go on apart with the change. */
export type OccurrenceEdit = { kept: Occurrences | null; moved: Occurrences | null };
/** `not_an_occurrence`: nothing begins on that date. `rule_names_days`: the rule itself says on which days, and cannot be shifted. */
export type OccurrenceFault = "not_an_occurrence" | "rule_names_days";

/** Moves an occurrence, with those that `scope` takes along. */
export function moveOccurrence(when: Occurrences, move: OccurrenceMove): OccurrenceEdit | OccurrenceFault {
  const { date, start, end } = move;
  const scope = reachOf(when, move);
  if (scope === undefined) return "not_an_occurrence";
  const alone = { start, end, recurrence: null, exceptDates: [], extraDates: [] };
  if (scope === "one") return { kept: without(when, date), moved: alone };
  const days = daysBetween(date, start.slice(0, 10));
  const recurrence = when.recurrence === null ? null : shiftRule(when.recurrence, days);
  if (recurrence === undefined) return "rule_names_days";
  const shift = (dates: readonly string[]) => dates.map((one) => addDays(one, days));
  if (scope === "all") {
    const first = addDays(when.start.slice(0, 10), days);
    const lengthDays = daysBetween(start.slice(0, 10), end.slice(0, 10));
    const moved = {
      start: `${first}T${start.slice(11)}`,
      end: `${addDays(first, lengthDays)}T${end.slice(11)}`,
      recurrence,
      exceptDates: shift(when.exceptDates),
      extraDates: shift(when.extraDates),
    };
    return { kept: null, moved };
  }
  const after = (dates: readonly string[]) => dates.filter((one) => one > date);
  const moved = {
    start,
    end,
    recurrence: recurrence === null ? null : countedFrom(when, recurrence, date),
    exceptDates: shift(after(when.exceptDates)),
    extraDates: shift(after(when.extraDates)),
  };
  return { kept: before(when, date), moved };
}

/** Takes an occurrence out, with those that `scope` takes along; `kept` is null when none is left. */
export function removeOccurrence(
  when: Occurrences,
  { date, scope }: Pick<OccurrenceMove, "date" | "scope">,
): { kept: Occurrences | null } | OccurrenceFault {
  const reach = reachOf(when, { date, scope });
  if (reach === undefined) return "not_an_occurrence";
  if (reach === "all") return { kept: null };
  return { kept: reach === "one" ? without(when, date) : before(when, date) };
}

/** Local clocks are at most this far from UTC. */
const FARTHEST_MS = 14 * HOUR_MS;

/** Instants between which all of an entry lies, whichever the screens' zones are; null where it is open. */
export function entryBounds({
  when,
  validFrom,
  validUntil,
}: Pick<Entry, "when" | "validFrom" | "validUntil">): { startMs: number | null; endMs: number | null } {
  const from = validFrom === null ? null : Date.parse(validFrom);
  const until = validUntil === null ? null : Date.parse(validUntil);
  if (when === null) return { startMs: from, endMs: until };
  const startDate = when.start.slice(0, 10);
  const first = [startDate, ...when.extraDates].sort()[0] ?? startDate;
  const last = lastDate(when, startDate);
  const startMs = wallMs(first, when.start) - FARTHEST_MS;
  const lengthDays = daysBetween(startDate, when.end.slice(0, 10));
  const endMs = last === null ? null : wallMs(addDays(last, lengthDays), when.end) + FARTHEST_MS;
  return {
    startMs: from === null ? startMs : Math.max(from, startMs),
    endMs: until === null || endMs === null ? (until ?? endMs) : Math.min(until, endMs),
  };
}

function wallMs(date: string, dateTime: string): number {
  return Date.parse(`${date}T00:00:00Z`) + timeOfDayMs(dateTime.slice(11));
}

/** The date of the last occurrence, or a later one; null: it never ends. */
function lastDate({ recurrence, extraDates }: Occurrences, startDate: string): string | null {
  const dates = [startDate, ...extraDates];
  if (recurrence !== null) {
    const { until, count } = parseRecurrence(recurrence);
    if (until === null && count === null) return null;
    dates.push(
      until ?? recurrenceDates(recurrence, startDate, startDate, `${MAX_YEAR}-12-31`).at(-1) ?? startDate,
    );
  }
  return dates.sort().at(-1) ?? startDate;
}

/** The scope that a change amounts to; undefined: nothing begins on that date. */
function reachOf(
  when: Occurrences,
  { date, scope }: Pick<OccurrenceMove, "date" | "scope">,
): Scope | undefined {
  const startDate = when.start.slice(0, 10);
  if (occurrenceDates(when, startDate, date, date).length === 0) return undefined;
  const isOnlyOne = when.recurrence === null && when.extraDates.length === 0;
  if (isOnlyOne || (scope === "following" && isFirst(when, date))) return "all";
  return scope;
}

function isFirst(when: Occurrences, date: string): boolean {
  const startDate = when.start.slice(0, 10);
  const earliest = [startDate, ...when.extraDates].sort()[0] ?? startDate;
  return occurrenceDates(when, startDate, earliest, addDays(date, -1)).length === 0;
}

function without(when: Occurrences, date: string): Occurrences {
  return {
    ...when,
    exceptDates: [...new Set([...when.exceptDates, date])].sort(),
    extraDates: when.extraDates.filter((one) => one !== date),
  };
}

function before(when: Occurrences, date: string): Occurrences {
  const earlier = (dates: readonly string[]) => dates.filter((one) => one < date);
  return {
    ...when,
    recurrence: when.recurrence === null ? null : endedBefore(when.recurrence, date),
    exceptDates: earlier(when.exceptDates),
    extraDates: earlier(when.extraDates),
  };
}

function endedBefore(rule: string, date: string): string {
  return withParts(rule, { COUNT: null, UNTIL: basic(addDays(date, -1)) });
}

/** A rule with COUNT goes on with what is left of it from a date on. */
function countedFrom({ start, recurrence }: Occurrences, shifted: string, date: string): string {
  const count = recurrence === null ? null : parseRecurrence(recurrence).count;
  if (recurrence === null || count === null) return shifted;
  const startDate = start.slice(0, 10);
  const done = recurrenceDates(recurrence, startDate, startDate, addDays(date, -1)).length;
  return withParts(shifted, { COUNT: `${Math.max(1, count - done)}` });
}

/** The rule for everything some days later; undefined where its parts name days that do not move along. */
function shiftRule(text: string, days: number): string | undefined {
  if (days === 0) return text;
  const rule = parseRecurrence(text);
  if (rule.byMonthDay.length + rule.byMonth.length + rule.bySetPos.length > 0) return undefined;
  const isByWeek = rule.freq === "DAILY" || rule.freq === "WEEKLY";
  if (rule.byDay.length > 0 && !isByWeek) return undefined;
  return withParts(text, {
    ...(rule.byDay.length > 0 && { BYDAY: shiftedDays(rule, days) }),
    ...(rule.until !== null && { UNTIL: basic(addDays(rule.until, days)) }),
  });
}

const WEEKDAY_NAMES: readonly string[] = WEEKDAYS;

function shiftedDays({ byDay }: RecurrenceRule, days: number): string {
  const shifted = byDay.map(({ weekday }) => {
    const place = WEEKDAY_NAMES.indexOf(weekday) + days;
    return ((place % 7) + 7) % 7;
  });
  return [...new Set(shifted)]
    .sort((one, other) => one - other)
    .flatMap((place) => WEEKDAY_NAMES[place] ?? [])
    .join();
}

function withParts(text: string, change: Record<string, string | null>): string {
  const parts = new Map(text.split(";").map((part) => [part.split("=")[0] ?? "", part] as const));
  for (const [name, value] of Object.entries(change)) {
    if (value === null) parts.delete(name);
    else parts.set(name, `${name}=${value}`);
  }
  return [...parts.values()].join(";");
}

function basic(date: string): string {
  return date.replaceAll("-", "");
}
