/**
 * Which transactions one moment of the database can see: PostgreSQL's `pg_snapshot`, as its text
 * `xmin:xmax:in,progress`. Snapshots of one server are ordered in time: the later sees all the earlier sees.
 */
export type Snapshot = { text: string; xmin: bigint; xmax: bigint; inProgress: readonly bigint[] };

/** Reads the text form; undefined for anything that PostgreSQL would not have written. */
export function parseSnapshot(text: string): Snapshot | undefined {
  const [, low, high, list] = /^(\d{1,19}):(\d{1,19}):((?:\d{1,19}(?:,\d{1,19})*)?)$/.exec(text) ?? [];
  if (low === undefined || high === undefined || list === undefined) return undefined;
  const xmin = BigInt(low);
  const xmax = BigInt(high);
  const inProgress = list === "" ? [] : list.split(",").map(BigInt);
  const isOrdered = inProgress.every((xid, index) => xid > (inProgress[index - 1] ?? -1n));
  const isWithin = inProgress.every((xid) => xid >= xmin && xid < xmax);
  return xmin > 0n && xmin <= xmax && isOrdered && isWithin ? { text, xmin, xmax, inProgress } : undefined;
}

/** Whether what a transaction committed is seen (of one that is known to have committed). */
export function sees(snapshot: Snapshot, xid: bigint): boolean {
  return xid < snapshot.xmin || (xid < snapshot.xmax && !snapshot.inProgress.includes(xid));
}

/** Whether `later` sees everything that `earlier` sees. */
export function covers(later: Snapshot, earlier: Snapshot): boolean {
  return later.xmax >= earlier.xmax && later.inProgress.every((xid) => !sees(earlier, xid));
}

/**
 * The snapshot, or where many transactions were open an earlier one with a shorter text: what follows it
 * may be told twice, never missed.
 */
export function shorten(snapshot: Snapshot, maxInProgress = 100): Snapshot {
  if (snapshot.inProgress.length <= maxInProgress) return snapshot;
  const { xmin } = snapshot;
  return { text: `${xmin}:${xmin}:`, xmin, xmax: xmin, inProgress: [] };
}
