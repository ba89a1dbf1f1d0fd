import { useQuery } from "@tanstack/react-query";
import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import { playlistChoicesQuery } from "./playlist-queries.ts";

/** The first picture of playlists that lie within one, where it is known. */
export function useNestedPictures(
  items: readonly PlaylistItemView[],
): (playlistId: string) => string | undefined {
  const choices = useQuery({
    ...playlistChoicesQuery,
    enabled: items.some((item) => item.playlistId !== null),
  });
  return (playlistId) => choices.data?.find((one) => one.id === playlistId)?.thumbnailUrls[0];
}
