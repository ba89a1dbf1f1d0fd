import { playlist } from "./en/playlist.ts";

/** Texts of the page of one playlist, which come with that page. */
export const enPlaylist = playlist;
