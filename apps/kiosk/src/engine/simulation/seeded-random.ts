import type { Random } from "../platform/random.ts";

/** Randomness that a seed decides, for worlds that can be lived again. */
export interface SeededRandom extends Random {
  /** A whole number in `[from, until)`. */
  between(from: number, until: number): number;
  isChance(probability: number): boolean;
  /** One of some things, of which there is at least one. */
  pick<T>(things: readonly [T, ...T[]]): T;
}

/** The same numbers for the same seed, on every machine (mulberry32). */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const bytes = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(fraction() * 256));
  return {
    fraction,
    bytes,
    id() {
      const hex = Buffer.from(bytes(16)).toString("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    between: (from, until) => from + Math.floor(fraction() * (until - from)),
    isChance: (probability) => fraction() < probability,
    pick: (things) => things[Math.floor(fraction() * things.length)] ?? things[0],
  };
}
