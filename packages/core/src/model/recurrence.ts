import * as z from "zod";

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
const WEEKDAY = /^([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)$/;

/** A recurrence rule of RFC 5545, taken apart. `until` is a local date, the last on which it may fall. */
export interface RecurrenceRule {
  freq: (typeof FREQUENCIES)[number];
  interval: number;
  count: number | null;
  until: string | null;
  /** `{ weekday: "TU", ordinal: 2 }` is the second Tuesday, -1 the last; null every one. */
  byDay: readonly { weekday: string; ordinal: number | null }[];
  byMonthDay: readonly number[];
  byMonth: readonly number[];
  bySetPos: readonly number[];
  weekStart: string;
}

/** A rule that is not one: `part` names what is wrong. */
export class RecurrenceFault extends Error {
  readonly part: string;
  constructor(part: string, message: string) {
    super(message);
    this.part = part;
  }
}

/** Reads `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`. Throws `RecurrenceFault`. */
export function parseRecurrence(text: string): RecurrenceRule {
  const parts = new Map<string, string>();
  for (const part of text.split(";")) {
    const [name = "", value = "", ...rest] = part.split("=");
    if (!PARTS.has(name))
      throw new RecurrenceFault(name, `${name || "An empty part"} is not a part of a rule here`);
    if (rest.length > 0) throw new RecurrenceFault(name, `${name} has two values`);
    if (parts.has(name)) throw new RecurrenceFault(name, `${name} stands twice`);
    parts.set(name, value);
  }
  const freq = FREQUENCIES.find((one) => one === parts.get("FREQ"));
  if (!freq) throw new RecurrenceFault("FREQ", `FREQ is one of ${FREQUENCIES.join(", ")}`);
  const count = parts.has("COUNT") ? whole(parts, "COUNT", 1, 10_000) : null;
  const until = parts.get("UNTIL");
  if (count !== null && until !== undefined)
    throw new RecurrenceFault("UNTIL", "COUNT and UNTIL exclude each other");
  const byDay = list(parts, "BYDAY").map((word) => {
    const [, ordinal, weekday = ""] = WEEKDAY.exec(word) ?? [];
    if (weekday === "") throw new RecurrenceFault("BYDAY", `${word} is not a day such as MO or 2TU`);
    return { weekday, ordinal: ordinal === undefined ? null : Number(ordinal) };
  });
  if (byDay.some(({ ordinal }) => ordinal !== null) && freq !== "MONTHLY" && freq !== "YEARLY") {
    throw new RecurrenceFault("BYDAY", "A numbered day needs FREQ=MONTHLY or YEARLY");
  }
  const byMonthDay = numbers(parts, "BYMONTHDAY", 31, true);
  if (byMonthDay.length > 0 && freq === "WEEKLY") {
    throw new RecurrenceFault("BYMONTHDAY", "BYMONTHDAY does not go with FREQ=WEEKLY");
  }
  const bySetPos = numbers(parts, "BYSETPOS", 366, true);
  if (bySetPos.length > 0 && byDay.length + byMonthDay.length + list(parts, "BYMONTH").length === 0) {
    throw new RecurrenceFault("BYSETPOS", "BYSETPOS needs another BY part to choose from");
  }
  const weekStart = parts.get("WKST") ?? "MO";
  if (!/^(MO|TU|WE|TH|FR|SA|SU)$/.test(weekStart))
    throw new RecurrenceFault("WKST", "WKST is a day such as MO");
  return {
    freq,
    interval: parts.has("INTERVAL") ? whole(parts, "INTERVAL", 1, 1000) : 1,
    count,
    until: until === undefined ? null : dateOf(until),
    byDay,
    byMonthDay,
    byMonth: numbers(parts, "BYMONTH", 12, false),
    bySetPos,
    weekStart,
  };
}

const PARTS = new Set("FREQ INTERVAL COUNT UNTIL BYDAY BYMONTHDAY BYMONTH BYSETPOS WKST".split(" "));

/** The text of a rule that `parseRecurrence` reads. */
export const recurrenceText = z
  .string()
  .max(500)
  .superRefine((text, context) => {
    try {
      parseRecurrence(text);
    } catch (error) {
      if (!(error instanceof RecurrenceFault)) throw error;
      context.addIssue({ code: "custom", message: error.message });
    }
  });

function list(parts: ReadonlyMap<string, string>, name: string): string[] {
  const text = parts.get(name);
  return text === undefined ? [] : text.split(",");
}

function numbers(
  parts: ReadonlyMap<string, string>,
  name: string,
  most: number,
  canBeNegative: boolean,
): number[] {
  return list(parts, name).map((word) => {
    const value = /^[+-]?\d{1,3}$/.test(word) ? Number(word) : Number.NaN;
    const isFine = Math.abs(value) >= 1 && Math.abs(value) <= most && (canBeNegative || value > 0);
    if (!isFine) throw new RecurrenceFault(name, `${word} is not a number for ${name}`);
    return value;
  });
}

function whole(parts: ReadonlyMap<string, string>, name: string, least: number, most: number): number {
  const text = parts.get(name) ?? "";
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new RecurrenceFault(name, `${name} is a whole number from ${least} to ${most}`);
}

/** `20261224` or `20261224T235959Z` as `2026-12-24`. */
function dateOf(text: string): string {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)(T([01]\d|2[0-3])([0-5]\d){2}Z?)?$/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  if (year === undefined || year < "1000" || !z.iso.date().safeParse(date).success) {
    throw new RecurrenceFault("UNTIL", "UNTIL is a day such as 20261224");
  }
  return date;
}
