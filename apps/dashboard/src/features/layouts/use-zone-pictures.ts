import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useCan } from "../../lib/session.ts";
import { playlistChoicesQuery, playlistQuery } from "../playlists/playlist-queries.ts";

/** What is drawn of a playlist: its name and first thumbnails. */
export type PlaylistLook = { id: string; name: string; thumbnailUrls: readonly string[] };

/** Looks up the names and first pictures of playlists: those of the common list, and each other one by itself. */
export function useZonePictures(
  playlistIds: readonly (string | null)[],
): (playlistId: string | null) => PlaylistLook | undefined {
  const isAllowed = useCan()("playlists.view");
  const choices = useQuery({ ...playlistChoicesQuery, enabled: isAllowed });
  const known = useMemo(() => new Map(choices.data?.map((one) => [one.id, one])), [choices.data]);
  const missing = choices.data
    ? [...new Set(playlistIds)].filter((id) => id !== null && !known.has(id)).filter((id) => id !== null)
    : [];
  const others = useQueries({
    queries: missing.map((id) => ({ ...playlistQuery(id), enabled: isAllowed })),
    combine: (results) => new Map(results.flatMap(({ data }) => (data ? [[data.id, data] as const] : []))),
  });
  return (playlistId) =>
    playlistId === null ? undefined : (known.get(playlistId) ?? others.get(playlistId));
}
