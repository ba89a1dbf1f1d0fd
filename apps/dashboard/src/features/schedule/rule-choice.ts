import { parseRecurrence, RecurrenceFault, type RecurrenceRule } from "@vitrine/core/model/recurrence";
import { WEEKDAYS, type Weekday } from "@vitrine/core/model/schedule";
import { addDays, isoWeekday } from "./wall-time.ts";

export const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
export type Frequency = (typeof FREQUENCIES)[number];
/** Which day of a month: the 15th (`-1`: the last), or the 2nd Tuesday. */
export type MonthDay = { kind: "day"; day: number } | { kind: "weekday"; ordinal: number; weekday: Weekday };
export type Ending = { kind: "never" } | { kind: "until"; date: string } | { kind: "count"; count: number };

/** A rule of the kinds that the editor has controls for. */
export type RuleChoice = {
  freq: Frequency;
  interval: number;
  /** Of WEEKLY alone; in the order of the week. */
  weekdays: readonly Weekday[];
  /** Of MONTHLY alone. */
  monthDay: MonthDay;
  ending: Ending;
};

/** What a new rule of a frequency says when it begins on a date. */
export function choiceFor(freq: Frequency, startDate: string): RuleChoice {
  return {
    freq,
    interval: 1,
    weekdays: [weekdayOf(startDate)],
    monthDay: { kind: "day", day: Number(startDate.slice(8)) },
    ending: { kind: "never" },
  };
}

/** A rule as the editor's choices; undefined when it says more than they can. What is left out comes from the first date. */
export function readChoice(text: string, startDate: string): RuleChoice | undefined {
  const rule = readRule(text);
  if (!rule || rule.bySetPos.length + rule.byMonth.length > 0) return undefined;
  const basis = { ...choiceFor(rule.freq, startDate), interval: rule.interval, ending: endingOf(rule) };
  const weekdays = WEEKDAYS.filter((day) =>
    rule.byDay.some((one) => one.weekday === day && one.ordinal === null),
  );
  if (weekdays.length + rule.byMonthDay.length + rule.byDay.length === 0) return basis;
  if (rule.freq === "WEEKLY") {
    const isCounted = rule.interval > 1 && rule.weekStart !== "MO";
    return isCounted ? undefined : { ...basis, weekdays };
  }
  if (rule.freq !== "MONTHLY") return undefined;
  const [day, ...moreDays] = rule.byMonthDay;
  const [numbered, ...moreNumbered] = rule.byDay;
  if (day !== undefined && !numbered && moreDays.length === 0 && day >= -1) {
    return { ...basis, monthDay: { kind: "day", day } };
  }
  const weekday = WEEKDAYS.find((one) => one === numbered?.weekday);
  if (day !== undefined || !weekday || !numbered?.ordinal || moreNumbered.length > 0) return undefined;
  if (numbered.ordinal > 5 || numbered.ordinal < -1) return undefined;
  return { ...basis, monthDay: { kind: "weekday", ordinal: numbered.ordinal, weekday } };
}

/** The rule that the choices amount to; `readChoice` reads it back. */
export function textOfChoice({ freq, interval, weekdays, monthDay, ending }: RuleChoice): string {
  return [
    `FREQ=${freq}`,
    interval > 1 ? `INTERVAL=${interval}` : "",
    freq === "WEEKLY" && weekdays.length > 0 ? `BYDAY=${weekdays.join(",")}` : "",
    freq === "MONTHLY" && monthDay.kind === "day" ? `BYMONTHDAY=${monthDay.day}` : "",
    freq === "MONTHLY" && monthDay.kind === "weekday" ? `BYDAY=${monthDay.ordinal}${monthDay.weekday}` : "",
    ending.kind === "count" ? `COUNT=${ending.count}` : "",
    ending.kind === "until" ? `UNTIL=${ending.date.replaceAll("-", "")}` : "",
  ]
    .filter(Boolean)
    .join(";");
}

/** The days of a month that fit a date: the 24th, the 4th Tuesday, the last Tuesday, the last day. */
export function monthDaysOf(date: string): MonthDay[] {
  const day = Number(date.slice(8));
  const weekday = weekdayOf(date);
  const isLastWeek = addDays(date, 7).slice(0, 7) !== date.slice(0, 7);
  const isLastDay = addDays(date, 1).slice(0, 7) !== date.slice(0, 7);
  return [
    { kind: "day", day },
    { kind: "weekday", ordinal: Math.ceil(day / 7), weekday },
    ...(isLastWeek ? [{ kind: "weekday", ordinal: -1, weekday } as const] : []),
    ...(isLastDay ? [{ kind: "day", day: -1 } as const] : []),
  ];
}

/** The rule after its first date moved: one that only named that date's day names the new one's. */
export function followStart(text: string, from: string, to: string): string {
  const choice = readChoice(text, from);
  if (!choice || from === to) return text;
  if (choice.freq === "WEEKLY" && choice.weekdays.join() === weekdayOf(from)) {
    return textOfChoice({ ...choice, weekdays: [weekdayOf(to)] });
  }
  if (choice.freq !== "MONTHLY") return text;
  const { monthDay } = choice;
  if (monthDay.kind === "day") {
    return monthDay.day === Number(from.slice(8))
      ? textOfChoice({ ...choice, monthDay: { kind: "day", day: Number(to.slice(8)) } })
      : text;
  }
  const isOwn = monthDaysOf(from).some(
    (one) => one.kind === "weekday" && one.ordinal === monthDay.ordinal && one.weekday === monthDay.weekday,
  );
  const next = monthDaysOf(to).find((one) => one.kind === "weekday");
  return isOwn && next ? textOfChoice({ ...choice, monthDay: next }) : text;
}

/** The rule that a text says, or undefined where it says none. */
export function readRule(text: string): RecurrenceRule | undefined {
  try {
    return parseRecurrence(text);
  } catch (error) {
    if (error instanceof RecurrenceFault) return undefined;
    throw error;
  }
}

/** The weekday of a date, as rules name it. */
export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[isoWeekday(date) - 1] ?? "MO";
}

function endingOf({ count, until }: RecurrenceRule): Ending {
  if (count !== null) return { kind: "count", count };
  return until === null ? { kind: "never" } : { kind: "until", date: until };
}
