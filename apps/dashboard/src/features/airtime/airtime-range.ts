import { dayBounds, localDateAt } from "@vitrine/core/schedule";

export const AIRTIME_RANGES = ["today", "week", "month"] as const;
export type AirtimeRange = (typeof AIRTIME_RANGES)[number];
const DAYS: Record<AirtimeRange, number> = { today: 1, week: 7, month: 30 };

/** The whole local days of a range, beginning with the day of an instant (epoch ms), as instants `[from, until)`. */
export function rangeFrom(
  range: AirtimeRange,
  timeZone: string,
  nowMs: number,
): { from: string; until: string } {
  const today = localDateAt(timeZone, nowMs);
  const [year = 0, month = 1, day = 1] = today.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1, day + DAYS[range] - 1)).toISOString().slice(0, 10);
  return {
    from: new Date(dayBounds(timeZone, today).startMs).toISOString(),
    until: new Date(dayBounds(timeZone, last).endMs).toISOString(),
  };
}
