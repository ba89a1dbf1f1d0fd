import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";
import type { PlaylistsSearch } from "./playlists-search.ts";

/** Playlists that match, a page at a time. */
export function playlistsQuery(search: PlaylistsSearch) {
  return infiniteQueryOptions({
    queryKey: ["playlist", "list", search],
    queryFn: ({ pageParam, signal }) =>
      api.playlists.list.query(
        {
          search: search.q,
          businessId: search.business,
          sort: search.sort ?? "newest",
          removed: search.removed ?? false,
          cursor: pageParam,
          limit: 48,
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One playlist with its items. */
export function playlistQuery(id: string) {
  return queryOptions({
    queryKey: ["playlist", "get", id],
    queryFn: ({ signal }) => api.playlists.get.query({ id }, { signal }),
  });
}

/** Names of playlists to choose from, by name. */
export const playlistChoicesQuery = queryOptions({
  queryKey: ["playlist", "choices"],
  queryFn: async ({ signal }) => {
    const page = await api.playlists.list.query({ sort: "name", limit: 200 }, { signal });
    return page.rows.map(({ id, name, isDefault, thumbnailUrls }) => ({
      id,
      name,
      isDefault,
      thumbnailUrls,
    }));
  },
});

/** What plays a playlist. */
export function playlistUsedByQuery(id: string) {
  return queryOptions({
    queryKey: ["playlist", "usedBy", id],
    queryFn: ({ signal }) => api.playlists.usedBy.query({ id }, { signal }),
  });
}

/** What a screen with this playlist would play. */
export function playlistPreviewQuery(id: string) {
  return queryOptions({
    queryKey: ["preview", "playlist", id],
    queryFn: ({ signal }) => api.playlists.preview.query({ id }, { signal }),
  });
}
