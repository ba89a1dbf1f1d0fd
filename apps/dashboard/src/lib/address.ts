import { queryOptions } from "@tanstack/react-query";
import { api } from "./api-client.ts";

/** What this page's address says of an organization to everybody. It does not change while a page is open. */
export const addressQuery = queryOptions({
  queryKey: ["session", "address"],
  queryFn: ({ signal }) => api.organization.atAddress.query(undefined, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
