export type Comparison = {
  /** Operations a second, median of the rounds. */
  ours: number;
  peer: number;
  /** Median, smallest and largest of ours / peer, round by round. */
  ratio: number;
  minRatio: number;
  maxRatio: number;
};

export type Contest = {
  ours: () => Promise<void>;
  peer: () => Promise<void>;
  rounds?: number;
  roundMs?: number;
  /** Operations under way at once. */
  concurrency?: number;
};

/** Measures two things in turn, in random order within each round, after a warm-up of both (2 s by default each). */
export async function interleave({
  ours,
  peer,
  rounds = 7,
  roundMs = 2000,
  concurrency = 16,
}: Contest): Promise<Comparison> {
  await rate(ours, concurrency, roundMs / 2);
  await rate(peer, concurrency, roundMs / 2);
  const pairs: { ours: number; peer: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (Math.random() < 0.5) {
      const first = await rate(ours, concurrency, roundMs);
      pairs.push({ ours: first, peer: await rate(peer, concurrency, roundMs) });
    } else {
      const first = await rate(peer, concurrency, roundMs);
      pairs.push({ ours: await rate(ours, concurrency, roundMs), peer: first });
    }
  }
  const ratios = pairs.map((pair) => pair.ours / pair.peer);
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    peer: median(pairs.map((pair) => pair.peer)),
    ratio: median(ratios),
    minRatio: Math.min(...ratios),
    maxRatio: Math.max(...ratios),
  };
}

/** Median of a list; NaN of none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below which a share of the list lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

async function rate(
  operation: () => Promise<void>,
  concurrency: number,
  durationMs: number,
): Promise<number> {
  const startMs = performance.now();
  const endMs = startMs + durationMs;
  let count = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < endMs) {
        await operation();
        count += 1;
      }
    }),
  );
  return (count * 1000) / (performance.now() - startMs);
}
