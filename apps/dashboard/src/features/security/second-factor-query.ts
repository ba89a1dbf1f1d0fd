import { queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

/** One's own second factor, and how many recovery codes are left. */
export const secondFactorQuery = queryOptions({
  queryKey: ["secondFactor"],
  queryFn: ({ signal }) => api.secondFactor.get.query(undefined, { signal }),
});
