import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";
import type { GroupsSearch } from "./groups-search.ts";

/** Groups of screens that match, by name, a page at a time. */
export function groupsQuery({ q, business, removed }: Omit<GroupsSearch, "group">) {
  return infiniteQueryOptions({
    queryKey: ["group", "list", { q, business, removed }],
    queryFn: ({ pageParam, signal }) =>
      api.groups.list.query(
        { search: q, businessId: business, removed: removed ?? false, cursor: pageParam, limit: 60 },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Every group of the organization, to choose from. */
export const groupChoicesQuery = queryOptions({
  queryKey: ["group", "choices"],
  queryFn: async ({ signal }) => {
    const page = await api.groups.list.query({ limit: 200 }, { signal });
    const rows = [...page.rows];
    for (let cursor = page.nextCursor; cursor !== null; ) {
      const next = await api.groups.list.query({ limit: 200, cursor }, { signal });
      rows.push(...next.rows);
      cursor = next.nextCursor;
    }
    return rows;
  },
});

/** Entries of the schedule that target a group. */
export function groupUsedByQuery(id: string) {
  return queryOptions({
    queryKey: ["group", "usedBy", id],
    queryFn: ({ signal }) => api.groups.usedBy.query({ id }, { signal }),
  });
}

/** Heads of the query keys that a change of a group puts out of date. */
export const GROUP_HEADS = ["group", "device", "entry", "preview"] as const;

/** Asks anew for all that a change of groups touches. */
export function refreshGroups(queryClient: QueryClient): void {
  for (const head of GROUP_HEADS) void queryClient.invalidateQueries({ queryKey: [head] });
}
