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
