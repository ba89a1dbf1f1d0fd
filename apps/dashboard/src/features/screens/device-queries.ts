import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";
import type { ScreensSearch } from "./screens-search.ts";

/** Screens that match, a page at a time. */
export function devicesQuery(search: Omit<ScreensSearch, "pair" | "view">) {
  const { q, status, playlist, group, business, sort } = search;
  return infiniteQueryOptions({
    queryKey: ["device", "list", { q, status, playlist, group, business, sort }],
    queryFn: ({ pageParam, signal }) =>
      api.devices.list.query(
        {
          search: q,
          status,
          playlistId: playlist,
          groupId: group,
          businessId: business,
          sort: sort ?? "name",
          cursor: pageParam,
          limit: 60,
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

/** One screen. */
export function deviceQuery(id: string) {
  return queryOptions({
    queryKey: ["device", "get", id],
    queryFn: ({ signal }) => api.devices.get.query({ id }, { signal }),
    refetchInterval: 15_000,
  });
}

/** How many screens are in each status. */
export const deviceCountsQuery = queryOptions({
  queryKey: ["device", "counts"],
  queryFn: ({ signal }) => api.devices.counts.query(undefined, { signal }),
});

/** What a screen should be playing, for the stage. */
export function devicePreviewQuery(id: string) {
  return queryOptions({
    queryKey: ["preview", "device", id],
    queryFn: ({ signal }) => api.devices.preview.query({ id }, { signal }),
    staleTime: 5 * 60_000,
  });
}
