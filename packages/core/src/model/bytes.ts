const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A size as a number of the largest unit in which it is at least 1, for a number format of that unit. */
export function bytesInUnit(sizeBytes: number): { value: number; unit: (typeof UNITS)[number] } {
  if (sizeBytes === 0) return { value: 0, unit: "megabyte" };
  const steps = sizeBytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(sizeBytes) / 3));
  return { value: sizeBytes / 1000 ** steps, unit: UNITS[steps] ?? "byte" };
}
