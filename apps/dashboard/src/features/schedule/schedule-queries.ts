import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ListedEntry } from "@vitrine/core/model/entry";
import { api } from "../../lib/api-client.ts";
import type { DayRange } from "./calendar-range.ts";
import { addDays, instantOfWall, startOf } from "./wall-time.ts";

const PAGE = 200;
const MOST_PAGES = 5;
/** The longest that a screen's days are worked out for. */
const LINT_DAYS = 31;

/** What the calendar shows: entries with their stretches in local days of a zone. */
export type EntryFilter = DayRange & { timeZone: string; deviceId?: string; groupId?: string };
/** Entries of a range; `isWhole` is false where there are more than a calendar can show. */
export type CalendarEntries = { rows: ListedEntry[]; isWhole: boolean };

/** The head of the keys under which calendars are kept. */
export const CALENDAR_KEY = ["entry", "calendar"] as const;

/** Every entry with a stretch in the range, up to a thousand. */
export function calendarQuery(filter: EntryFilter) {
  return queryOptions({
    queryKey: [...CALENDAR_KEY, filter],
    queryFn: async ({ signal }): Promise<CalendarEntries> => {
      const rows: ListedEntry[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const found = await api.schedule.list.query({ ...filter, limit: PAGE, cursor }, { signal });
        rows.push(...found.rows);
        if (found.nextCursor === null) return { rows, isWhole: true };
        cursor = found.nextCursor;
      }
      return { rows, isWhole: false };
    },
    placeholderData: keepPreviousData,
  });
}

/** Whether there is any entry at all; tells an empty schedule from an empty week. */
export const anyEntryQuery = queryOptions({
  queryKey: ["entry", "any"],
  queryFn: async ({ signal }) => (await api.schedule.list.query({ limit: 1 }, { signal })).total > 0,
});

/** One entry. */
export function entryQuery(id: string) {
  return queryOptions({
    queryKey: ["entry", "get", id],
    queryFn: ({ signal }) => api.schedule.get.query({ id }, { signal }),
  });
}

/** What the maker of a screen's schedule would want to know of these days; the first 31 of them. */
export function lintQuery(deviceId: string, { from, until }: DayRange, timeZone: string) {
  const last = addDays(from, LINT_DAYS);
  const startMs = Date.parse(instantOfWall(startOf(from), timeZone));
  const endMs = Date.parse(instantOfWall(startOf(until < last ? until : last), timeZone));
  const range = {
    from: new Date(startMs).toISOString(),
    until: new Date(Math.min(endMs, startMs + LINT_DAYS * 86_400_000)).toISOString(),
  };
  return queryOptions({
    queryKey: ["preview", "lint", deviceId, range],
    queryFn: ({ signal }) => api.schedule.lint.query({ deviceId, ...range }, { signal }),
  });
}

/** Dayparts to choose from. */
export const daypartChoicesQuery = queryOptions({
  queryKey: ["daypart", "choices"],
  queryFn: async ({ signal }) => (await api.dayparts.list.query({ limit: PAGE }, { signal })).rows,
});

/** One group by its id, for the name of a filter. */
export function groupNameQuery(id: string) {
  return queryOptions({
    queryKey: ["group", "get", id],
    queryFn: async ({ signal }) => {
      const found = await api.groups.list.query({ limit: PAGE }, { signal });
      return found.rows.find((one) => one.id === id)?.name ?? null;
    },
  });
}

/** The heads of what a change of the schedule puts out of date. */
export const TOUCHED_HEADS = ["entry", "preview", "device", "overview"] as const;
