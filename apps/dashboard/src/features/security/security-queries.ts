import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

/** Where one is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ["ownSession", "list"],
  queryFn: ({ signal }) => api.account.sessions.query(undefined, { signal }),
});

/** What happened to one's account, a page at a time. */
export const accountEventsQuery = infiniteQueryOptions({
  queryKey: ["accountEvent", "list"],
  queryFn: ({ pageParam, signal }) => api.account.events.query({ cursor: pageParam, limit: 20 }, { signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});
