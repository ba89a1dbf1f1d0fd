import { dayBounds, localDateAt } from "@vitrine/core/schedule";
import { instantOf } from "../preview/moment.ts";
import { isMomentText } from "../preview/preview-search.ts";

export const END_CHOICES = ["quarter", "hour", "day", "custom"] as const;
export type EndChoice = (typeof END_CHOICES)[number];

export type ChosenEnd = { kind: "ok"; endsAtMs: number } | { kind: "missing" | "unreadable" | "past" };

/** When an override ends by what was chosen; `custom` is local time of the zone, as an input gives it. */
export function endOf(
  choice: EndChoice | null,
  custom: string,
  { timeZone, nowMs }: { timeZone: string; nowMs: number },
): ChosenEnd {
  switch (choice) {
    case null:
      return { kind: "missing" };
    case "quarter":
      return { kind: "ok", endsAtMs: nowMs + 15 * 60_000 };
    case "hour":
      return { kind: "ok", endsAtMs: nowMs + 60 * 60_000 };
    case "day":
      return { kind: "ok", endsAtMs: dayBounds(timeZone, localDateAt(timeZone, nowMs)).endMs };
    case "custom": {
      if (!isMomentText(custom)) return { kind: "unreadable" };
      const endsAtMs = instantOf(timeZone, custom);
      return endsAtMs > nowMs ? { kind: "ok", endsAtMs } : { kind: "past" };
    }
  }
}

export type TimeLeft =
  | { kind: "days"; days: number; hours: number }
  | { kind: "hours"; hours: number; minutes: number }
  | { kind: "minutes"; minutes: number; seconds: number }
  | { kind: "over" };

/** How long is left in the units that matter. */
export function timeLeft(endsAtMs: number, nowMs: number): TimeLeft {
  const seconds = Math.ceil((endsAtMs - nowMs) / 1000);
  if (seconds <= 0) return { kind: "over" };
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return { kind: "days", days: Math.floor(hours / 24), hours: hours % 24 };
  if (hours > 0) return { kind: "hours", hours, minutes: minutes % 60 };
  return { kind: "minutes", minutes, seconds: seconds % 60 };
}
