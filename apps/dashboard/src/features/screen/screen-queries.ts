import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Outputs } from "../../lib/api-client.ts";
import type { HistoryRange } from "./screen-search.ts";

export type Command = Outputs["devices"]["commands"]["commands"][number];

/** The latest commands of a screen and how far each has come; asked for often while one is under way. */
export function deviceCommandsQuery(deviceId: string) {
  return queryOptions({
    queryKey: ["command", deviceId],
    queryFn: ({ signal }) => api.devices.commands.query({ deviceId }, { signal }),
    refetchInterval: ({ state }) => (state.data?.commands.some(isUnderWay) ? 3_000 : 30_000),
  });
}

/** Whether a screen may still do it. */
export function isUnderWay({ state }: Pick<Command, "state">): boolean {
  return state === "waiting" || state === "delivered";
}

/** Why a screen is offline, behind, black or in trouble. */
export function diagnosisQuery(id: string) {
  return queryOptions({
    queryKey: ["device", "diagnosis", id],
    queryFn: ({ signal }) => api.devices.diagnose.query({ id }, { signal }),
    refetchInterval: 15_000,
  });
}

/** Files of the newest plan that a screen does not have yet. */
export function deviceFilesQuery(id: string) {
  return queryOptions({
    queryKey: ["device", "files", id],
    queryFn: ({ signal }) => api.devices.files.query({ id }, { signal }),
    refetchInterval: 5_000,
  });
}

const DAY_MS = 86_400_000;
export const RANGE_MS: Record<HistoryRange, number> = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };

/** What a screen was from a day, week or month ago until now. */
export function deviceTimelineQuery(deviceId: string, range: HistoryRange) {
  return queryOptions({
    queryKey: ["device", "timeline", deviceId, range],
    queryFn: ({ signal }) => {
      const untilMs = Date.now();
      const [from, until] = [untilMs - RANGE_MS[range], untilMs].map((at) => new Date(at).toISOString());
      return api.devices.timeline.query({ deviceId, from: from ?? "", until: until ?? "" }, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** What a screen went through, newest first, a page at a time. */
export function deviceEventsQuery(deviceId: string) {
  return infiniteQueryOptions({
    queryKey: ["device", "events", deviceId],
    queryFn: ({ pageParam, signal }) =>
      api.devices.events.query({ deviceId, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** Logs that a screen sent, newest first. */
export function deviceLogsQuery(deviceId: string) {
  return queryOptions({
    queryKey: ["command", "logs", deviceId],
    queryFn: ({ signal }) => api.devices.logs.query({ deviceId }, { signal }),
  });
}

export type LogFilter = { level: "info" | "warn" | "error"; search: string };

/** Lines of one log that meet a filter. A log never changes. */
export function deviceLogQuery(deviceId: string, id: string, { level, search }: LogFilter) {
  return queryOptions({
    queryKey: ["log", deviceId, id, level, search],
    queryFn: ({ signal }) => api.devices.readLog.query({ deviceId, id, level, search }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
