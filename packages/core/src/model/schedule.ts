import * as z from "zod";
import { id, instant, timeZone } from "./ids.ts";
import { durationMs } from "./organization.ts";
import { recurrenceText } from "./recurrence.ts";

/** The first and the last year for which anything can be scheduled. */
export const MIN_YEAR = 1970;
export const MAX_YEAR = 2199;
const inYears = (text: string) =>
  Number(text.slice(0, 4)) >= MIN_YEAR && Number(text.slice(0, 4)) <= MAX_YEAR;
const years = `Between the years ${MIN_YEAR} and ${MAX_YEAR}`;

/** A calendar day without a zone, ISO 8601: `2026-11-24`. */
export const localDate = z.iso.date().refine(inYears, years);
/** A wall-clock time without a day, to the second: `06:30` or `06:30:15`. */
export const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, "A time such as 06:30");
/** A wall-clock time on a day, without a zone: `2026-11-24T09:00`. */
export const localDateTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, "A day and a time such as 2026-11-24T09:00")
  .refine((text) => z.iso.date().safeParse(text.slice(0, 10)).success, "Not a day of the calendar")
  .refine(inYears, years);

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export const weekday = z.enum(WEEKDAYS);
export type Weekday = z.infer<typeof weekday>;

/** A stretch of local time on some days of the week; an end at or before the start is on the next day. */
export const daypartWindow = z.strictObject({
  weekdays: z.array(weekday).min(1, "Choose at least one day").max(7),
  start: localTime,
  end: localTime,
});
export const MAX_DATES = 1000;
/** A named, recurring window of local time. It is left out on `exceptDates`: the days on which a stretch would begin. */
export const daypart = z.strictObject({
  id,
  name: z.string(),
  windows: z.array(daypartWindow).max(50),
  exceptDates: z.array(localDate).max(MAX_DATES),
});
export type Daypart = z.infer<typeof daypart>;

const fraction = z.number().min(0).max(1);
/** A rectangle of a layout's canvas, in fractions of its width and height, and the playlist that plays in it. */
export const layoutZone = z.strictObject({
  id,
  name: z.string().min(1).max(60),
  left: fraction,
  top: fraction,
  width: fraction,
  height: fraction,
  /** Higher ones lie over lower ones. */
  z: z.int().min(0).max(1000),
  playlistId: id.nullable(),
});
export type LayoutZone = z.infer<typeof layoutZone>;
/** Zones that play side by side. The main one decides how long a showing lasts where `durationMs` is null. */
export const layout = z.strictObject({
  id,
  name: z.string(),
  zones: z.array(layoutZone).min(1).max(20),
  mainZoneId: id,
  durationMs: durationMs.nullable(),
});
export type Layout = z.infer<typeof layout>;

export const entryContent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("asset"), assetId: id }),
  z.strictObject({ kind: z.literal("playlist"), playlistId: id }),
  z.strictObject({ kind: z.literal("layout"), layoutId: id }),
]);

/** The longest that one occurrence may last. */
export const MAX_OCCURRENCE_DAYS = 366;
/** One stretch of local time, `[start, end)`, and how it repeats. The first one is an occurrence even if no rule names it. */
export const occurrences = z
  .strictObject({
    start: localDateTime,
    end: localDateTime,
    /** RFC 5545 without DTSTART; each day that it names gets a stretch. Null: once. */
    recurrence: recurrenceText.nullable(),
    exceptDates: z.array(localDate).max(MAX_DATES),
    extraDates: z.array(localDate).max(MAX_DATES),
  })
  .refine(({ start, end }) => end > start, { path: ["end"], message: "Ends before it starts" })
  .refine(
    ({ start, end }) => Date.parse(`${end}Z`) - Date.parse(`${start}Z`) <= MAX_OCCURRENCE_DAYS * 86_400_000,
    {
      path: ["end"],
      message: `One occurrence lasts at most ${MAX_OCCURRENCE_DAYS} days; let it repeat`,
    },
  );
export type Occurrences = z.infer<typeof occurrences>;

export const ENTRY_KINDS = ["normal", "interrupt", "override"] as const;
/** What an entry says, whoever it is for. */
export const entryFields = {
  name: z.string(),
  kind: z.enum(ENTRY_KINDS),
  content: entryContent,
  /** Higher wins. */
  priority: z.int().min(0).max(1000),
  /** Whose local time it means; null: the screen's. */
  timeZone: timeZone.nullable(),
  /** Null: always. */
  when: occurrences.nullable(),
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
  /** Active only while one of these is; empty: no such condition. */
  daypartIds: z.array(id).max(50),
  /** Its start cuts what plays. */
  startsExactly: z.boolean(),
  /** Of an interrupt: its part of the airtime. */
  sharePercent: z.number().min(0.1).max(100).nullable(),
  /** Of an override: the name of the one zone that it takes; null: the whole screen. */
  zoneName: z.string().min(1).max(60).nullable(),
};
type EntryRuled = Pick<
  z.infer<z.ZodObject<typeof entryFields>>,
  "kind" | "content" | "sharePercent" | "zoneName"
>;

/** What the fields of an entry must say of each other: a check for schemas that have them. */
export function checkEntry({ value, issues }: z.core.ParsePayload<EntryRuled>): void {
  const fault = (path: keyof EntryRuled, message: string) =>
    issues.push({ code: "custom", input: value, path: [path], message });
  if ((value.kind === "interrupt") !== (value.sharePercent !== null))
    fault("sharePercent", "An interrupt has a share, and nothing else has");
  if (value.kind !== "override" && value.zoneName !== null)
    fault("zoneName", "Only an override takes a zone");
  if (value.zoneName !== null && value.content.kind === "layout")
    fault("content", "A layout does not fit in a zone");
}

/** A line of the schedule, as a manifest carries it: without targets, which are this one screen. */
export const entry = z.strictObject({ id, createdAt: instant, ...entryFields }).check(checkEntry);
export type Entry = z.infer<typeof entry>;
