import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

const REFRESH_MS = 15_000;

/** Overrides that are active now, with how far each has come; events of entries and of screens put it out of date. */
export const runningOverridesQuery = queryOptions({
  queryKey: ["overview", "overrides"],
  queryFn: async ({ signal }) => (await api.schedule.overrides.query(undefined, { signal })).rows,
  refetchInterval: REFRESH_MS,
});

/** What became of an override on each of its screens, a page at a time. */
export function receiptsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ["overview", "receipts", id],
    queryFn: ({ pageParam, signal }) =>
      api.schedule.receipts.query({ id, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: REFRESH_MS,
  });
}
