/** Numbers that a seed gives again: both ends are included. */
export type Random = {
  from(least: number, most: number): number;
  /** Two different numbers from 1 on. */
  two(most: number): [number, number];
};

/** xorshift32: good enough to choose places, the same on every machine. */
export function makeRandom(seed: number): Random {
  let state = seed | 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const from = (least: number, most: number) => least + (next() % (most - least + 1));
  return {
    from,
    two(most) {
      const one = from(1, most);
      const other = from(1, most - 1);
      return [one, other >= one ? other + 1 : other];
    },
  };
}
