import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";
import type { AssetFilter } from "./content-search.ts";

const PAGE = 60;

/** Assets that match, a page at a time. */
export function assetsQuery(filter: AssetFilter) {
  return infiniteQueryOptions({
    queryKey: ["asset", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      api.assets.list.query({ ...filter, cursor: pageParam, limit: PAGE }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One asset. */
export function assetQuery(id: string) {
  return queryOptions({
    queryKey: ["asset", "get", id],
    queryFn: ({ signal }) => api.assets.get.query({ id }, { signal }),
  });
}

/** Tags in use, and how often. */
export const assetTagsQuery = queryOptions({
  queryKey: ["asset", "tags"],
  queryFn: ({ signal }) => api.assets.tags.query(undefined, { signal }),
});

/** What uses an asset. */
export function assetUsedByQuery(id: string) {
  return queryOptions({
    queryKey: ["asset", "usedBy", id],
    queryFn: ({ signal }) => api.assets.usedBy.query({ id }, { signal }),
  });
}
