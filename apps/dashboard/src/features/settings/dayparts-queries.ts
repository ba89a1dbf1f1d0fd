import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";
import type { DaypartsSearch } from "./dayparts-search.ts";

/** Dayparts that match, by name, a page at a time. */
export function daypartsQuery({ q, removed }: DaypartsSearch) {
  return infiniteQueryOptions({
    queryKey: ["daypart", "list", { q, removed }],
    queryFn: ({ pageParam, signal }) =>
      api.dayparts.list.query(
        { search: q, removed: removed ?? false, cursor: pageParam, limit: 60 },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Every daypart of the organization, to choose from. */
export const daypartChoicesQuery = queryOptions({
  queryKey: ["daypart", "choices"],
  queryFn: async ({ signal }) => {
    const page = await api.dayparts.list.query({ limit: 200 }, { signal });
    const rows = [...page.rows];
    for (let cursor = page.nextCursor; cursor !== null; ) {
      const next = await api.dayparts.list.query({ limit: 200, cursor }, { signal });
      rows.push(...next.rows);
      cursor = next.nextCursor;
    }
    return rows;
  },
});
