import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

/** Businesses that match, by name, with what belongs to each, a page at a time. */
export function businessesQuery(q: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ["business", "list", { q }],
    queryFn: ({ pageParam, signal }) =>
      api.businesses.list.query({ search: q, cursor: pageParam, limit: 60 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Name and id of every business, to choose one from and to name what things belong to. */
export const businessNamesQuery = queryOptions({
  queryKey: ["business", "names"],
  queryFn: ({ signal }) => api.businesses.names.query(undefined, { signal }),
  staleTime: 60_000,
});
