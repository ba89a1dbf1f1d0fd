import { businessIn, text } from "../../lib/search-params.ts";

/** What the address of the playlists page says. */
export type PlaylistsSearch = { q?: string; business?: string; sort?: "name"; removed?: true };

/** Reads the address; what it does not understand is left out. */
export function readPlaylistsSearch(search: Record<string, unknown>): PlaylistsSearch {
  const q = text(search.q);
  const business = businessIn(search);
  return {
    ...(q ? { q } : {}),
    ...(business ? { business } : {}),
    ...(search.sort === "name" ? { sort: "name" } : {}),
    ...(search.removed === true ? { removed: true } : {}),
  };
}
