import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { parseRecurrence, type RecurrenceRule } from "../model/recurrence.ts";

const DAY_MS = 86_400_000;
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const MOST_SERIES = 4_000;
const MOST_YEARS_A_SERIES = 2;

/** A rule made ready for one start. Days are counted from 1970-01-01. */
interface Series {
  startDay: number;
  /** The days the rule names in `[fromDay, toDay]`, in order, `fromDay` being no earlier than `startDay`. */
  namedDays: (fromDay: number, toDay: number) => number[];
}

/** A calendar year, both days included. */
interface Bounds {
  firstDay: number;
  lastDay: number;
}

/**
 * The days of a rule from `fromDate` to `toDate`, both included (ISO 8601 local dates), in order, each once.
 *
 * `startDate` is DTSTART: the first occurrence, also where the rule does not name it or UNTIL lies before it
 * (RFC 5545, 3.8.5.3). COUNT counts only days the rule names, so such a start comes on top. UNTIL is a local
 * date and included. BYSETPOS chooses from a whole week, month or year, also from its days before the start
 * (RFC 5545, 3.3.10). Throws `RecurrenceFault` for what `parseRecurrence` does not read.
 *
 * A daily or weekly rule with nothing but BYDAY costs what the days asked for cost. Any other is expanded for a
 * whole calendar year when first asked about it, with COUNT for the years before it too, and is then remembered.
 */
export function recurrenceDates(
  ruleText: string,
  startDate: string,
  fromDate: string,
  toDate: string,
): string[] {
  const { startDay, namedDays } = seriesOf(ruleText, startDate);
  const fromDay = Math.max(dayOf(fromDate), startDay);
  const toDay = dayOf(toDate);
  if (fromDay > toDay) return [];
  const days = namedDays(fromDay, toDay);
  if (fromDay === startDay && days[0] !== startDay) days.unshift(startDay);
  return days.map(dateOf);
}

const recentSeries = new Map<string, Series>();

function seriesOf(ruleText: string, startDate: string): Series {
  const key = `${startDate} ${ruleText}`;
  const series = recentSeries.get(key) ?? makeSeries(parseRecurrence(ruleText), dayOf(startDate));
  keepRecent(recentSeries, MOST_SERIES, key, series);
  return series;
}

function makeSeries(asWritten: RecurrenceRule, startDay: number): Series {
  const rule = withImpliedParts(asWritten, startDay);
  const isPlain =
    (rule.freq === "DAILY" || rule.freq === "WEEKLY") &&
    rule.byMonth.length + rule.byMonthDay.length + rule.bySetPos.length === 0;
  return isPlain ? makePlainSeries(rule, startDay) : makeExpandedSeries(rule, startDay);
}

/** DAILY and WEEKLY with nothing but BYDAY: what is named repeats every `7 * interval` days. */
function makePlainSeries(rule: RecurrenceRule, startDay: number): Series {
  const isNamed = plainTest(rule, startDay);
  const lastDay = rule.count === null ? untilDay(rule) : countedDay(rule.count);
  return { startDay, namedDays };

  function namedDays(fromDay: number, toDay: number): number[] {
    const days: number[] = [];
    const end = Math.min(toDay, lastDay);
    for (let day = fromDay; day <= end; day++) if (isNamed(day)) days.push(day);
    return days;
  }

  function countedDay(count: number): number {
    const cycleDays = 7 * rule.interval;
    const offsets: number[] = [];
    for (let offset = 0; offset < cycleDays; offset++) if (isNamed(startDay + offset)) offsets.push(offset);
    const lastOffset = offsets[(count - 1) % offsets.length];
    if (lastOffset === undefined) return Number.NEGATIVE_INFINITY;
    return startDay + Math.floor((count - 1) / offsets.length) * cycleDays + lastOffset;
  }
}

function plainTest(rule: RecurrenceRule, startDay: number): (day: number) => boolean {
  const { freq, interval, byDay } = rule;
  const weekdays = WEEKDAYS.map(
    (name) => byDay.length === 0 || byDay.some(({ weekday }) => weekday === name),
  );
  const periodDays = freq === "DAILY" ? 1 : 7;
  const firstPeriod = firstPeriodDay(rule, startDay, startDay);
  return (day) =>
    Math.floor((day - firstPeriod) / periodDays) % interval === 0 && weekdays[weekdayOf(day)] === true;
}

/** Any other rule: expanded a calendar year at a time, so that no query costs more for a start long ago. */
function makeExpandedSeries(rule: RecurrenceRule, startDay: number): Series {
  const years = new Map<number, readonly number[]>();
  let lastDay = untilDay(rule);
  let toCount = rule.count;
  let uncountedYear = yearOf(startDay);
  return { startDay, namedDays };

  function namedDays(fromDay: number, toDay: number): number[] {
    const toYear = yearOf(Math.min(toDay, lastDay));
    while (toCount !== null && uncountedYear <= toYear) countYear(toCount);
    const end = Math.min(toDay, lastDay);
    const days: number[] = [];
    for (let year = yearOf(fromDay); year <= toYear; year++) {
      for (const day of daysOfYear(year)) if (day >= fromDay && day <= end) days.push(day);
    }
    return days;
  }

  function daysOfYear(year: number): readonly number[] {
    const days = years.get(year) ?? expandYear(rule, startDay, year);
    keepRecent(years, MOST_YEARS_A_SERIES, year, days);
    return days;
  }

  function countYear(count: number): void {
    const days = daysOfYear(uncountedYear++);
    const counted = days[count - 1];
    toCount = counted === undefined ? count - days.length : null;
    if (counted !== undefined) lastDay = counted;
  }
}

/** The days from `startDay` on that a rule names in a year, COUNT and UNTIL aside. */
function expandYear(rule: RecurrenceRule, startDay: number, year: number): number[] {
  const expand = rule.freq === "DAILY" || rule.freq === "WEEKLY" ? expandDaysOrWeeks : expandMonthsOrYears;
  const bounds = { firstDay: firstOfMonth(year * 12), lastDay: firstOfMonth(year * 12 + 12) - 1 };
  return expand(rule, startDay, bounds).filter((day) => day >= startDay);
}

function expandDaysOrWeeks(rule: RecurrenceRule, startDay: number, { firstDay, lastDay }: Bounds): number[] {
  const periodDays = rule.freq === "DAILY" ? 1 : 7;
  const days: number[] = [];
  for (
    let periodDay = firstPeriodDay(rule, startDay, firstDay);
    periodDay <= lastDay;
    periodDay += periodDays * rule.interval
  ) {
    const ofPeriod = Array.from({ length: periodDays }, (_, offset) => periodDay + offset);
    const passing = ofPeriod.filter((day) => passesByParts(rule, day));
    days.push(...atPositions(passing, rule.bySetPos));
  }
  return days.filter((day) => day >= firstDay && day <= lastDay);
}

function passesByParts(rule: RecurrenceRule, day: number): boolean {
  const { byDay, byMonth } = rule;
  if (byDay.length > 0 && !byDay.some(({ weekday }) => weekday === weekdayNameOf(day))) return false;
  return (
    (byMonth.length === 0 || byMonth.includes((monthIndexOf(day) % 12) + 1)) && passesByMonthDay(rule, day)
  );
}

function passesByMonthDay({ byMonthDay }: RecurrenceRule, day: number): boolean {
  if (byMonthDay.length === 0) return true;
  const monthIndex = monthIndexOf(day);
  const fromStart = day - firstOfMonth(monthIndex) + 1;
  const fromEnd = day - firstOfMonth(monthIndex + 1);
  return byMonthDay.includes(fromStart) || byMonthDay.includes(fromEnd);
}

function expandMonthsOrYears(rule: RecurrenceRule, startDay: number, bounds: Bounds): number[] {
  const isNumberedInYear =
    rule.freq === "YEARLY" && rule.byMonth.length === 0 && rule.byDay.some(({ ordinal }) => ordinal !== null);
  return isNumberedInYear
    ? expandNumberedInYear(rule, startDay, bounds)
    : expandByLibrary(rule, startDay, bounds);
}

/**
 * Weekdays numbered in the year, by RFC 5545, 3.3.10 united with the plain ones, limited by BYMONTHDAY, then
 * chosen by BYSETPOS. Not by rrule-temporal 2.2.7: it drops the plain ones, unites with BYMONTHDAY, and counts
 * a 53rd that the year does not have.
 */
function expandNumberedInYear(rule: RecurrenceRule, startDay: number, bounds: Bounds): number[] {
  const { firstDay, lastDay } = bounds;
  if (firstPeriodDay(rule, startDay, firstDay) > lastDay) return [];
  const ofYear = Array.from({ length: lastDay - firstDay + 1 }, (_, offset) => firstDay + offset);
  const passing = ofYear.filter((day) => passesByNumber(rule, day, bounds) && passesByMonthDay(rule, day));
  return atPositions(passing, rule.bySetPos);
}

function passesByNumber({ byDay }: RecurrenceRule, day: number, { firstDay, lastDay }: Bounds): boolean {
  const fromStart = Math.floor((day - firstDay) / 7) + 1;
  const fromEnd = -Math.floor((lastDay - day) / 7) - 1;
  return byDay.some(
    ({ weekday, ordinal }) =>
      weekday === weekdayNameOf(day) && (ordinal === null || ordinal === fromStart || ordinal === fromEnd),
  );
}

function atPositions(days: number[], positions: readonly number[]): number[] {
  if (positions.length === 0) return days;
  return days.filter((_, index) => positions.includes(index + 1) || positions.includes(index - days.length));
}

function expandByLibrary(rule: RecurrenceRule, startDay: number, { firstDay, lastDay }: Bounds): number[] {
  const periodDay = firstPeriodDay(rule, startDay, firstDay);
  if (periodDay > lastDay) return [];
  const library = new RRuleTemporal({
    freq: rule.freq,
    interval: rule.interval,
    byDay: rule.byDay.map(({ weekday, ordinal }) => `${ordinal ?? ""}${weekday}`),
    byMonth: [...rule.byMonth],
    byMonthDay: [...rule.byMonthDay],
    bySetPos: [...rule.bySetPos],
    dtstart: Temporal.Instant.fromEpochMilliseconds(periodDay * DAY_MS).toZonedDateTimeISO("UTC"),
  });
  return library
    .between(new Date(firstDay * DAY_MS), new Date(lastDay * DAY_MS), true)
    .map(({ epochMilliseconds }) => epochMilliseconds / DAY_MS);
}

/** First day of the first DAILY, WEEKLY, MONTHLY or YEARLY period in phase with the start and not over by `day`. */
function firstPeriodDay(rule: RecurrenceRule, startDay: number, day: number): number {
  const { freq, interval } = rule;
  switch (freq) {
    case "DAILY":
      return inPhase(startDay, interval, day);
    case "WEEKLY":
      return inPhase(weekStartOf(rule, startDay), 7 * interval, day - 6);
    case "MONTHLY":
      return firstOfMonth(inPhase(monthIndexOf(startDay), interval, monthIndexOf(day)));
    case "YEARLY":
      return firstOfMonth(12 * inPhase(yearOf(startDay), interval, yearOf(day)));
  }
}

function inPhase(origin: number, step: number, least: number): number {
  return origin + Math.max(0, Math.ceil((least - origin) / step)) * step;
}

/** With the parts written out that RFC 5545 takes from DTSTART, so that DTSTART may be moved. */
function withImpliedParts(rule: RecurrenceRule, startDay: number): RecurrenceRule {
  const { freq, byDay, byMonthDay, byMonth } = rule;
  if (freq === "DAILY" || byDay.length + byMonthDay.length > 0) return rule;
  if (freq === "WEEKLY") {
    return { ...rule, byDay: [{ weekday: weekdayNameOf(startDay), ordinal: null }] };
  }
  const start = new Date(startDay * DAY_MS);
  const isMonthImplied = freq === "YEARLY" && byMonth.length === 0;
  return {
    ...rule,
    byMonth: isMonthImplied ? [start.getUTCMonth() + 1] : byMonth,
    byMonthDay: [start.getUTCDate()],
  };
}

function weekStartOf({ weekStart }: RecurrenceRule, day: number): number {
  return day - ((weekdayOf(day) - WEEKDAYS.indexOf(weekStart) + 7) % 7);
}

/** Monday is 0. 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function weekdayNameOf(day: number): string {
  return WEEKDAYS[weekdayOf(day)] ?? "";
}

function untilDay({ until }: RecurrenceRule): number {
  return until === null ? Number.POSITIVE_INFINITY : dayOf(until);
}

function dayOf(date: string): number {
  return Date.parse(date) / DAY_MS;
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** Months since January of year 0. */
function monthIndexOf(day: number): number {
  return yearOf(day) * 12 + new Date(day * DAY_MS).getUTCMonth();
}

function firstOfMonth(monthIndex: number): number {
  return new Date(0).setUTCFullYear(0, monthIndex, 1) / DAY_MS;
}

/** Stores as the most recent, dropping the least recent beyond `most`. */
function keepRecent<Key, Value>(map: Map<Key, Value>, most: number, key: Key, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > most && !oldest.done) map.delete(oldest.value);
}
