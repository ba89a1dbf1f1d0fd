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
