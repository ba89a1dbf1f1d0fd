import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

/** Groups and screens whose names match, the first 50 of each. */
export function targetsQuery(search: string) {
  return queryOptions({
    queryKey: ["device", "targets", search],
    queryFn: async ({ signal }) => {
      const input = { search: search || undefined, limit: 50 };
      const [groups, devices] = await Promise.all([
        api.groups.list.query(input, { signal }),
        api.devices.list.query({ ...input, sort: "name" }, { signal }),
      ]);
      return { search, groups: groups.rows, devices: devices.rows.filter(({ isActive }) => isActive) };
    },
    placeholderData: keepPreviousData,
  });
}

/** Tags of screens in use. */
export const deviceTagsQuery = queryOptions({
  queryKey: ["device", "tags"],
  queryFn: async ({ signal }) => (await api.devices.tags.query(undefined, { signal })).tags,
});
