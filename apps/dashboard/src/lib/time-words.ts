import type { useFormatter } from "use-intl";

type Formatter = ReturnType<typeof useFormatter>;

/** The time of day as it is said everywhere, on the wall of a zone: `09:00`, `9:00 AM`. */
export function timeWords(format: Formatter, at: Date | number, timeZone: string): string {
  return format.dateTime(at, { timeStyle: "short", timeZone });
}

/** The same to the second, where seconds matter: `09:00:05`. */
export function exactTimeWords(format: Formatter, at: Date | number, timeZone: string): string {
  return format.dateTime(at, { timeStyle: "medium", timeZone });
}
