import { text } from "../../lib/search-params.ts";

const AT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?([+-]\d\d:\d\d)?$/;
const [FIRST_YEAR, LAST_YEAR] = [1971, 2198];

/** What the address of a preview says: a local date-time of the screen; without one it is now. */
export type PreviewSearch = { at?: string };

/** Reads the address; what is not a moment is left out. */
export function readPreviewSearch(search: Record<string, unknown>): PreviewSearch {
  const at = text(search.at, 40);
  return at && isMomentText(at) ? { at } : {};
}

/** Whether an address may name a moment so: a local date-time, with its offset where the clock says it twice. */
export function isMomentText(at: string): boolean {
  const [, date = ""] = AT.exec(at) ?? [];
  const year = Number(date.slice(0, 4));
  if (year < FIRST_YEAR || year > LAST_YEAR) return false;
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
