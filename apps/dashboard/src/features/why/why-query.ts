import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

const REFRESH_MS = 30_000;

/** Why a screen shows what it shows at an instant (epoch ms), or now and from then on; as the server works it out. */
export function explainQuery(deviceId: string, at: number | "now") {
  return queryOptions({
    queryKey: ["preview", "explain", deviceId, at],
    queryFn: ({ signal }) =>
      api.schedule.explain.query(
        { deviceId, at: new Date(at === "now" ? Date.now() : at).toISOString() },
        { signal },
      ),
    placeholderData: keepPreviousData,
    ...(at === "now" ? { refetchInterval: REFRESH_MS } : { staleTime: 5 * 60_000 }),
  });
}
