import { businessIn, oneOf, text, uuid } from "../../lib/search-params.ts";
import { DEVICE_STATUS_LIST } from "./status-list.ts";

/** What the address of the screens page says. `pair` opens the dialog that pairs: a code, or `new`. */
export type ScreensSearch = {
  q?: string;
  status?: (typeof DEVICE_STATUS_LIST)[number];
  playlist?: string;
  group?: string;
  business?: string;
  view?: "list";
  sort?: "newest";
  pair?: string;
};

/** Reads the address; what it does not understand is left out. */
export function readScreensSearch(search: Record<string, unknown>): ScreensSearch {
  const q = text(search.q);
  const status = oneOf(DEVICE_STATUS_LIST, search.status);
  const playlist = uuid(search.playlist);
  const group = uuid(search.group);
  const business = businessIn(search);
  const pair = text(search.pair, 40);
  return {
    ...(q ? { q } : {}),
    ...(status ? { status } : {}),
    ...(playlist ? { playlist } : {}),
    ...(group ? { group } : {}),
    ...(business ? { business } : {}),
    ...(search.view === "list" ? { view: "list" } : {}),
    ...(search.sort === "newest" ? { sort: "newest" } : {}),
    ...(pair ? { pair } : {}),
  };
}
