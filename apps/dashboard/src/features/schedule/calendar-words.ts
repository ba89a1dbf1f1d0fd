import { type DayRange, datesOf } from "./calendar-range.ts";
import type { CalendarView } from "./schedule-search.ts";
import { startOf } from "./wall-time.ts";

/** How days and times of the wall are written in a language and region. */
export type CalendarWords = {
  locale: string;
  /** 1 for Monday to 7 for Sunday. */
  firstWeekday: number;
  /** `09:00` */
  time: (wallMs: number) => string;
  /** `09:00`, or `9 AM` where the clock has twelve hours: short enough for one line. */
  hour: (wallMs: number) => string;
  /** `Tuesday 24 November` */
  day: (date: string) => string;
  /** `24 November 2026` */
  date: (date: string) => string;
  /** `Tue, 24 Nov 2026` */
  longDay: (date: string) => string;
  /** `Tue` */
  weekday: (date: string) => string;
  /** `24` */
  dayNumber: (date: string) => string;
  /** `November 2026`, `23 – 29 November 2026`, `Tuesday 24 November 2026` */
  title: (view: CalendarView, date: string, range: DayRange) => string;
};

/** Words of a locale, such as `en-AT`. */
export function calendarWords(locale: string): CalendarWords {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  const time = format({ timeStyle: "short" });
  const hour = time.resolvedOptions().hour12 ? format({ hour: "numeric" }) : time;
  const day = format({ weekday: "long", day: "numeric", month: "long" });
  const longDay = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const weekday = format({ weekday: "short" });
  const dayNumber = format({ day: "numeric" });
  const month = format({ month: "long", year: "numeric" });
  const wholeDay = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const days = format({ day: "numeric", month: "long", year: "numeric" });
  return {
    locale,
    firstWeekday: firstWeekdayOf(locale),
    time: (wallMs) => time.format(wallMs),
    hour: (wallMs) => hour.format(wallMs),
    day: (date) => day.format(startOf(date)),
    date: (date) => days.format(startOf(date)),
    longDay: (date) => longDay.format(startOf(date)),
    weekday: (date) => weekday.format(startOf(date)),
    dayNumber: (date) => dayNumber.format(startOf(date)),
    title: (view, date, range) => {
      if (view === "month") return month.format(startOf(date));
      if (view === "day") return wholeDay.format(startOf(date));
      return days.formatRange(startOf(range.from), startOf(datesOf(range).at(-1) ?? range.from));
    },
  };
}

/** Not every browser can say it; Monday then. */
function firstWeekdayOf(locale: string): number {
  const found: unknown = new Intl.Locale(locale);
  const ask: unknown = Reflect.get(Object(found), "getWeekInfo");
  const info: unknown = typeof ask === "function" ? Reflect.apply(ask, found, []) : undefined;
  const day: unknown = Reflect.get(Object(info), "firstDay");
  return typeof day === "number" ? day : 1;
}
