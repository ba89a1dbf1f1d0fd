import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import type { Permission } from "@vitrine/core/model/permissions";
import { api } from "../../lib/api-client.ts";
import type { PeopleSearch } from "./people-search.ts";

/** People of the organization who match, by name or address, a page at a time. */
export function membersQuery({ q, role, outside }: Pick<PeopleSearch, "q" | "role" | "outside">) {
  return infiniteQueryOptions({
    queryKey: ["member", "list", { q, role, outside }],
    queryFn: ({ pageParam, signal }) =>
      api.members.list.query(
        { search: q, role, isOutside: outside, cursor: pageParam, limit: 50 },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** People who may do one thing, a page at a time. */
export function whoMayQuery(permission: Permission) {
  return infiniteQueryOptions({
    queryKey: ["member", "whoMay", permission],
    queryFn: ({ pageParam, signal }) =>
      api.members.whoMay.query({ permission, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
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
