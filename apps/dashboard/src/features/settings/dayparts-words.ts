import { WEEKDAYS, type Weekday } from "@vitrine/core/model/schedule";

/** A stretch of local time on some days, as a daypart has it. */
export type DayWindow = { weekdays: readonly Weekday[]; start: string; end: string };

/** How the hours of a window are said. */
export type WindowHours =
  | { kind: "allDay" }
  | { kind: "sameDay"; start: string; end: string }
  | { kind: "nextDay"; start: string; end: string };

/** Days of the week in runs of days that follow each other, Monday first: Monday to Friday is one run. */
export function weekdayRuns(weekdays: readonly Weekday[]): Weekday[][] {
  const runs: Weekday[][] = [];
  for (const [place, day] of WEEKDAYS.entries()) {
    if (!weekdays.includes(day)) continue;
    const last = runs.at(-1);
    const before = WEEKDAYS[place - 1];
    if (last && before && last.at(-1) === before) last.push(day);
    else runs.push([day]);
  }
  return runs;
}

/** The hours of a window: an end at or before the start is on the next day; midnight to midnight is the whole day. */
export function windowHours({ start, end }: Pick<DayWindow, "start" | "end">): WindowHours {
  const [from, until] = [plain(start), plain(end)];
  if (from === "00:00" && until === "00:00") return { kind: "allDay" };
  return until <= from && until !== "00:00"
    ? { kind: "nextDay", start: from, end: until }
    : { kind: "sameDay", start: from, end: until === "00:00" ? "24:00" : until };
}

type NameLength = "short" | "long" | "narrow";

/** A weekday's name in the language of the page. */
export function weekdayName(
  day: Weekday,
  format: { dateTime: (date: Date, options: { weekday: NameLength; timeZone: string }) => string },
  weekday: NameLength = "short",
): string {
  return format.dateTime(new Date(Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day))), {
    weekday,
    timeZone: "UTC",
  });
}

/** Seconds are only said where there are any. */
function plain(time: string): string {
  return time.endsWith(":00") && time.length === 8 ? time.slice(0, 5) : time;
}
