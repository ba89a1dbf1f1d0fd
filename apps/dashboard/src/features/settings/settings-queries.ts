import { queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

/** The organization's settings. */
export const organizationQuery = queryOptions({
  queryKey: ["organization"],
  queryFn: ({ signal }) => api.organization.get.query(undefined, { signal }),
});

/** What people are not told of by mail: for everybody, and for oneself. */
export const notificationsQuery = queryOptions({
  queryKey: ["organization", "notifications"],
  queryFn: ({ signal }) => api.members.notifications.query(undefined, { signal }),
});

/** The organization's API keys, without their secrets. */
export const apiKeysQuery = queryOptions({
  queryKey: ["apiKey", "list"],
  queryFn: ({ signal }) => api.apiKeys.list.query({ limit: 200 }, { signal }),
});
