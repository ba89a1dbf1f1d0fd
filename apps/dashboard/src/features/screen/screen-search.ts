import { oneOf, uuid } from "../../lib/search-params.ts";

export const SCREEN_TABS = ["now", "history", "files", "health", "commands", "logs", "settings"] as const;
export type ScreenTab = (typeof SCREEN_TABS)[number];
export const HISTORY_RANGES = ["day", "week", "month"] as const;
export type HistoryRange = (typeof HISTORY_RANGES)[number];

/** What the address of a screen says: its tab (`now` without one), how far back the history goes, and the open log. */
export type ScreenSearch = {
  tab?: Exclude<ScreenTab, "now">;
  range?: Exclude<HistoryRange, "day">;
  log?: string;
};

/** Reads the address; what it does not understand is left out. */
export function readScreenSearch(search: Record<string, unknown>): ScreenSearch {
  const tab = oneOf(SCREEN_TABS, search.tab);
  const range = oneOf(HISTORY_RANGES, search.range);
  const log = uuid(search.log);
  return {
    ...(tab && tab !== "now" ? { tab } : {}),
    ...(tab === "history" && range && range !== "day" ? { range } : {}),
    ...(tab === "logs" && log ? { log } : {}),
  };
}
