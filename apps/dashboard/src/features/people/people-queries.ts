import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";
import type { PeopleSearch } from "./people-search.ts";

/** People of the organization who match, by name or address, a page at a time. */
export function membersQuery({ q, role }: Pick<PeopleSearch, "q" | "role">) {
  return infiniteQueryOptions({
    queryKey: ["member", "list", { q, role }],
    queryFn: ({ pageParam, signal }) =>
      api.members.list.query({ search: q, role, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Invitations that nobody has taken up yet, a page at a time. */
export const invitationsQuery = infiniteQueryOptions({
  queryKey: ["invitation", "list"],
  queryFn: ({ pageParam, signal }) =>
    api.invitations.list.query({ cursor: pageParam, limit: 50 }, { signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});
