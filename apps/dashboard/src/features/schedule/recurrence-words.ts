import type { RecurrenceRule } from "@vitrine/core/model/recurrence";
import { WEEKDAYS, type Weekday } from "@vitrine/core/model/schedule";
import type { createFormatter, createTranslator, Messages } from "use-intl";

/** The page's words and formats, of the catalogue's part `recurrence`. */
export type Speaker = {
  t: ReturnType<typeof createTranslator<Messages, "recurrence">>;
  format: ReturnType<typeof createFormatter>;
  /** How a date is written: `3 March 2027`. */
  date: (date: string) => string;
};

/**
 * Says a rule as people do: `Every 2 weeks on Mon and Wed until 3 March 2027`. It can say whatever
 * `parseRecurrence` reads. The day and the time of the first occurrence are not part of it.
 */
export function recurrenceInWords(rule: RecurrenceRule, speaker: Speaker): string {
  const { t, format } = speaker;
  const list = (words: readonly string[]) => format.list(words, { type: "conjunction", style: "long" });
  const ordinal = (place: number) => placeInWords(place, t);
  const parts = {
    every: t(`every.${rule.freq}`, { count: rule.interval }),
    months: list(rule.byMonth.map((month) => monthName(month, format))),
    days: daysInWords(rule, speaker),
    monthDays: list(rule.byMonthDay.map((day) => dayInWords(day, t))),
    places: list(rule.bySetPos.map(ordinal)),
  };
  return ended(pattern(rule, parts, t), rule, speaker);
}

type Parts = { every: string; months: string; days: string; monthDays: string; places: string };

function pattern(rule: RecurrenceRule, parts: Parts, t: Speaker["t"]): string {
  const { byDay, byMonth, byMonthDay, bySetPos, freq, interval } = rule;
  const isPlain = byMonth.length + byMonthDay.length + bySetPos.length === 0;
  const isNumbered = byDay.length > 0 && byDay.every((one) => one.ordinal !== null);
  if (freq === "MONTHLY" && interval === 1 && isPlain && isNumbered) {
    return t("everyOfMonth", { days: parts.days });
  }
  const isDaily = freq === "DAILY" || freq === "WEEKLY";
  if (isDaily && interval === 1 && isPlain && byDay.length >= 5) {
    if (parts.days === t("allDays")) return t("every.DAILY", { count: 1 });
    if (parts.days === t("workdays")) return t("everyWorkday");
  }
  if (freq === "DAILY" && interval === 1 && isPlain && byDay.length > 0)
    return t("everyDays", { days: parts.days });
  let words = parts.every;
  if (byMonth.length > 0) words = t("inMonths", { rule: words, months: parts.months });
  if (byMonthDay.length > 0) {
    const isOfMonth = freq === "MONTHLY" || byMonth.length > 0;
    words = t(isOfMonth ? "onDayPlaces" : "onMonthDays", { rule: words, days: parts.monthDays });
  }
  if (byDay.length > 0 && byMonthDay.length > 0) words = t("onlyOn", { rule: words, days: parts.days });
  else if (byDay.length > 0 && bySetPos.length > 0) {
    return t("onPlacesOf", { rule: words, places: parts.places, days: parts.days });
  } else if (isNumbered) words = t("onDayPlaces", { rule: words, days: parts.days });
  else if (byDay.length > 0) words = t("onDays", { rule: words, days: parts.days });
  if (bySetPos.length > 0) words = t("onlyPlaces", { rule: words, places: parts.places });
  if (freq === "WEEKLY" && interval > 1 && rule.weekStart !== "MO") {
    words = t("weeksBegin", { rule: words, day: weekdayName(rule.weekStart) });
  }
  return words;
}

function daysInWords({ byDay, byMonthDay, freq }: RecurrenceRule, { t, format }: Speaker): string {
  const plain = new Set(byDay.filter((one) => one.ordinal === null).map((one) => one.weekday));
  const isOnlyPlain = plain.size === byDay.length;
  if (isOnlyPlain && plain.size === 7) return t("allDays");
  if (isOnlyPlain && plain.size === 5 && !plain.has("SA") && !plain.has("SU")) return t("workdays");
  const isShort = freq === "WEEKLY" && byDay.length > 1;
  const words = byDay.map(({ weekday, ordinal }) => {
    const day = weekdayName(weekday, isShort ? "short" : "long");
    if (ordinal !== null) return t("nthWeekday", { place: placeInWords(ordinal, t), day });
    const isPlain = freq === "WEEKLY" || freq === "DAILY" || byMonthDay.length > 0;
    return isPlain ? day : t("eachWeekday", { day });
  });
  return format.list(words, { type: "conjunction", style: "long" });
}

function ended(words: string, { count, until }: RecurrenceRule, { t, date }: Speaker): string {
  if (count !== null) return t("times", { rule: words, count });
  if (until === null) return words;
  return t("until", { rule: words, date: date(until) });
}

/** `2nd`, `last`, `2nd to last`. */
export function placeInWords(place: number, t: Speaker["t"]): string {
  if (place === -1) return t("last");
  return place > 0 ? t("nth", { place }) : t("nthToLast", { place: -place });
}

function dayInWords(day: number, t: Speaker["t"]): string {
  if (day === -1) return t("lastDay");
  const place = placeInWords(day, t);
  return day > 0 ? place : t("nthToLastDay", { place });
}

/** The name of a weekday in the page's language. */
export function weekdayName(weekday: string, style: "short" | "long" = "long", locale = "en"): string {
  const place = WEEKDAYS.findIndex((one: Weekday) => one === weekday);
  // 5 January 1970 was a Monday.
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" }).format(
    new Date(Date.UTC(1970, 0, 5 + place)),
  );
}

function monthName(month: number, format: Speaker["format"]): string {
  return format.dateTime(Date.UTC(2026, month - 1, 1), { month: "long", timeZone: "UTC" });
}
