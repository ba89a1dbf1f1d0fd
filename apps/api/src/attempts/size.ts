/** Whether all of it is tried, as `npm run attempts` does, or a little of each kind. */
export const isFull = process.env.VITRINE_ATTEMPTS === "full";

/** What all of it may take. */
export const FULL_MS = 3_600_000;

/** A line of the table. */
export function say(name: string, value: string | number): void {
  process.stdout.write(`${name.padEnd(60)} ${value}\n`);
}
