import { oneOf, type Part, text, uuid } from "../../lib/search-params.ts";

export const VIEWS = ["day", "week", "month"] as const;
export type CalendarView = (typeof VIEWS)[number];

/** Stands in the address for an entry that is not made yet. */
export const NEW_ENTRY = "new";

/** What the address of the schedule says. Absent: this week (a narrow window: today), of all screens. */
export type ScheduleSearch = {
  view?: CalendarView;
  date?: string;
  /** Only what is for this group, or for this screen. */
  group?: string;
  screen?: string;
  /** The entry whose editor is open. */
  entry?: string;
  /** Which occurrence of it was opened. */
  on?: string;
  /** Of a new entry: its local start and end. */
  start?: string;
  end?: string;
};

/** Reads the address; what it does not understand is left out. */
export function readScheduleSearch(search: Record<string, unknown>): ScheduleSearch {
  const view = oneOf(VIEWS, search.view);
  const date = localDate(search.date);
  const screen = uuid(search.screen);
  const group = screen ? undefined : uuid(search.group);
  const entry = text(search.entry, 36) === NEW_ENTRY ? NEW_ENTRY : uuid(search.entry);
  const on = localDate(search.on);
  const start = localDateTime(search.start);
  const end = localDateTime(search.end);
  return {
    ...(view ? { view } : {}),
    ...(date ? { date } : {}),
    ...(group ? { group } : {}),
    ...(screen ? { screen } : {}),
    ...(entry ? { entry } : {}),
    ...(entry && entry !== NEW_ENTRY && on ? { on } : {}),
    ...(entry === NEW_ENTRY && start && end && start < end ? { start, end } : {}),
  };
}

/** The address without an open editor. */
export function withoutEntry({
  entry: _,
  on: __,
  start: ___,
  end: ____,
  ...rest
}: ScheduleSearch): ScheduleSearch {
  return rest;
}

/** The address with some of it changed; what is undefined goes. */
export function withPart(search: ScheduleSearch, part: Part<ScheduleSearch>): ScheduleSearch {
  return readScheduleSearch({ ...search, ...part });
}

/** A day of the calendar. By hand, since the address is read before any schema is loaded. */
function localDate(value: unknown): string | undefined {
  const plain = text(value, 10);
  if (!plain || !/^(19[7-9]\d|2[01]\d\d)-\d\d-\d\d$/.test(plain)) return undefined;
  const read = new Date(`${plain}T00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(plain) ? plain : undefined;
}

function localDateTime(value: unknown): string | undefined {
  const plain = text(value, 19);
  const isTime = plain !== undefined && /^.{10}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(plain);
  return isTime && localDate(plain.slice(0, 10)) ? plain : undefined;
}
