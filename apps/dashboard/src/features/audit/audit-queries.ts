import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";
import { type AuditSearch, filterOf } from "./audit-search.ts";

/** A verification under way is asked for this often. */
const WATCH_MS = 1_000;

/** Events that match, newest first, a page at a time. */
export function auditQuery(search: AuditSearch) {
  const filter = filterOf(search);
  return infiniteQueryOptions({
    queryKey: ["audit", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      api.audit.list.query({ ...filter, cursor: pageParam, limit: 100 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One event, whole. It never changes. */
export function auditEventQuery(sequence: number) {
  return queryOptions({
    queryKey: ["audit", "event", sequence],
    queryFn: ({ signal }) => api.audit.get.query({ sequence }, { signal }),
    staleTime: 60_000,
  });
}

/** Who acted lately. */
export const auditActorsQuery = queryOptions({
  queryKey: ["audit", "actors"],
  queryFn: ({ signal }) => api.audit.actors.query(undefined, { signal }),
  staleTime: 60_000,
});

/** The head of the record and its newest verification, watched while that is under way. */
export const auditStateQuery = queryOptions({
  queryKey: ["audit", "state"],
  queryFn: ({ signal }) => api.audit.state.query(undefined, { signal }),
  refetchInterval: ({ state }) => {
    const check = state.data?.check?.state;
    return check === "waiting" || check === "running" ? WATCH_MS : false;
  },
});
