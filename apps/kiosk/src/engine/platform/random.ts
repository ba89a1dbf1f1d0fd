import { randomBytes, randomUUIDv7 } from "node:crypto";

/** Randomness and new ids, passed in so that a run can be repeated. */
export interface Random {
  /** In `[0, 1)`. */
  fraction(): number;
  bytes(count: number): Uint8Array;
  /** A UUIDv7. */
  id(): string;
}

/** The machine's own randomness. */
export const systemRandom: Random = {
  fraction: () => Math.random(),
  bytes: (count) => randomBytes(count),
  id: () => randomUUIDv7(),
};

/** A delay before try number `attempt` (0 first): uniform in `[0, min(cap, base * 2^attempt)]`, at least `floorMs`. */
export function fullJitterMs(
  random: Random,
  options: { attempt: number; baseMs: number; capMs: number; floorMs?: number },
): number {
  const ceilingMs = Math.min(options.capMs, options.baseMs * 2 ** Math.min(options.attempt, 30));
  return Math.max(options.floorMs ?? 0, random.fraction() * ceilingMs);
}

/** A period spread by up to a fifth to either side, so that a fleet does not beat in step. */
export function jitteredMs(random: Random, periodMs: number): number {
  return periodMs * (0.8 + 0.4 * random.fraction());
}
