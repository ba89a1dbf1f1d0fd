import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";
import type { LayoutsSearch } from "./layouts-search.ts";

/** Layouts that match, a page at a time. */
export function layoutsQuery({ q, business, removed }: LayoutsSearch) {
  return infiniteQueryOptions({
    queryKey: ["layout", "list", { q, business, removed }],
    queryFn: ({ pageParam, signal }) =>
      api.layouts.list.query(
        { search: q, businessId: business, removed: removed ?? false, cursor: pageParam, limit: 48 },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One layout with its zones. */
export function layoutQuery(id: string) {
  return queryOptions({
    queryKey: ["layout", "get", id],
    queryFn: ({ signal }) => api.layouts.get.query({ id }, { signal }),
  });
}

/** Where a layout is shown. */
export function layoutUsedByQuery(id: string) {
  return queryOptions({
    queryKey: ["layout", "usedBy", id],
    queryFn: ({ signal }) => api.layouts.usedBy.query({ id }, { signal }),
  });
}
