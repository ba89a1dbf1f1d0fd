import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

/** How long a screen will show what in `[from, until)`. */
export function airtimeQuery(deviceId: string, { from, until }: { from: string; until: string }) {
  return queryOptions({
    queryKey: ["preview", "airtime", deviceId, from, until],
    queryFn: ({ signal }) => api.schedule.airtime.query({ deviceId, from, until }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  });
}
