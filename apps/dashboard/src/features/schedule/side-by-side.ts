/** Where a block stands among those that overlap it: `lane` of `lanes`, `span` lanes wide. */
export type Lane = { lane: number; lanes: number; span: number };

/**
 * Lays out overlapping stretches `[start, end)` side by side, in the order given for equal starts. Each takes the
 * first free lane and grows over the lanes to its right that stay free; those that touch nothing are full width.
 */
export function sideBySide(stretches: readonly { start: number; end: number }[]): Lane[] {
  const order = [...stretches.keys()].sort((left, right) => {
    const [a, b] = [stretches[left], stretches[right]];
    return a && b ? a.start - b.start || b.end - a.end || left - right : 0;
  });
  const result: Lane[] = stretches.map(() => ({ lane: 0, lanes: 1, span: 1 }));
  let cluster: number[] = [];
  let clusterEnd = Number.NEGATIVE_INFINITY;
  const close = () => {
    place(cluster, stretches, result);
    cluster = [];
  };
  for (const index of order) {
    const one = stretches[index];
    if (!one) continue;
    if (one.start >= clusterEnd) close();
    clusterEnd = cluster.length === 0 ? one.end : Math.max(clusterEnd, one.end);
    cluster.push(index);
  }
  close();
  return result;
}

function place(
  cluster: readonly number[],
  stretches: readonly { start: number; end: number }[],
  result: Lane[],
): void {
  const lanes: { start: number; end: number }[][] = [];
  const laneOf = new Map<number, number>();
  for (const index of cluster) {
    const one = stretches[index];
    if (!one) continue;
    const free = lanes.findIndex((lane) => lane.every((other) => other.end <= one.start));
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = [...(lanes[lane] ?? []), one];
    laneOf.set(index, lane);
  }
  for (const [index, lane] of laneOf) {
    const one = stretches[index];
    if (!one) continue;
    const taken = lanes.findIndex(
      (others, at) => at > lane && others.some((other) => other.start < one.end && one.start < other.end),
    );
    result[index] = { lane, lanes: lanes.length, span: (taken < 0 ? lanes.length : taken) - lane };
  }
}
