import type { ChangeEvent } from "@vitrine/core/model/event";
import type { ChangePlace } from "./change-position.ts";
import type { Snapshot } from "./snapshot.ts";

/** A change that is committed: of which organization, and the newest content revision seen when it was read. */
export type CommittedChange = ChangePlace & {
  organizationId: string;
  event: ChangeEvent;
  contentRevision: number;
};

/**
 * Changes that became visible between two snapshots, ordered by (xid, id). A long step comes in several
 * pieces with the same snapshots, of which only the last has `isLast`.
 */
export type ChangeStep<Change extends ChangePlace = CommittedChange> = {
  after: Snapshot;
  upTo: Snapshot;
  changes: readonly Change[];
  isLast: boolean;
};

/** Orders changes as they are told: by transaction, then by row. */
export function comparePlaces(one: ChangePlace, other: ChangePlace): number {
  if (one.xid !== other.xid) return one.xid < other.xid ? -1 : 1;
  if (one.id !== other.id) return one.id < other.id ? -1 : 1;
  return 0;
}
