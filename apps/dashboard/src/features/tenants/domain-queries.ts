import { queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

/** The organization's sub-domain and domains. Under its name, so that a change of the organization refreshes them. */
export const domainsQuery = queryOptions({
  queryKey: ["organization", "domains"],
  queryFn: ({ signal }) => api.domains.list.query(undefined, { signal }),
});
