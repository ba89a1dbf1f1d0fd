/** Whether the time of something has not come yet or is over; undefined while it is on. */
export function availabilityAt(
  { availableFrom, availableUntil }: { availableFrom: string | null; availableUntil: string | null },
  atMs: number,
): "notYet" | "over" | undefined {
  if (availableUntil !== null && Date.parse(availableUntil) <= atMs) return "over";
  if (availableFrom !== null && Date.parse(availableFrom) > atMs) return "notYet";
  return undefined;
}
