import { type ChangeEvent, storedChange } from "@vitrine/core/model/event";
import type { Database } from "@vitrine/db/database";
import { outbox } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { sql } from "drizzle-orm";
import type { ChangePlace, ChangePosition } from "./change-position.ts";
import { covers, parseSnapshot, type Snapshot } from "./snapshot.ts";

export type ReplayedChange = ChangePlace & { event: ChangeEvent };

/** `changes` in no particular order; not complete where there were more than asked for, or `from` is not of this database. */
export type Replay = { upTo: Snapshot; changes: readonly ReplayedChange[]; isComplete: boolean };

/**
 * Reads what one organization's transactions changed after a position, in one statement and so up to one
 * snapshot; without a position just that snapshot.
 */
export async function replayChanges(
  database: Database,
  scope: OrganizationScope,
  from: ChangePosition | undefined,
  limit: number,
): Promise<Replay> {
  const [rows] = await database.batch(scope, (q) => [
    q.execute<Row>(sql`
      select pg_current_snapshot()::text as up_to, one.xid::text as xid, one.id::text as id, one.event
      from (select) as always
      left join lateral (
        select ${outbox.xid} as xid, ${outbox.id} as id, ${outbox.event} as event
        from ${outbox}
        where ${outbox.organizationId} = ${scope.organizationId} and ${from ? isAfter(from) : sql`false`}
        order by ${outbox.xid}, ${outbox.id}
        limit ${limit + 1}
      ) as one on true`),
  ]);
  const upTo = parseSnapshot(rows[0]?.up_to ?? "");
  if (!upTo) throw new Error("The database gave no snapshot");
  const changes = rows.flatMap(({ xid, id, event }) =>
    xid === null || id === null
      ? []
      : [{ xid: BigInt(xid), id: BigInt(id), event: storedChange.parse(event) }],
  );
  const isOfThisDatabase = !from || covers(upTo, from.within?.upTo ?? from.after);
  return { upTo, changes, isComplete: changes.length <= limit && isOfThisDatabase };
}

type Row = { up_to: string; xid: string | null; id: string | null; event: unknown };

/** The condition that a row of the outbox is visible now and lies behind the position. */
function isAfter({ after, within }: ChangePosition) {
  const isUnseen = sql`${isUnseenBy(after)} and pg_visible_in_snapshot(${outbox.xid}, pg_current_snapshot())`;
  if (!within) return isUnseen;
  const { upTo, place } = within;
  return sql`${isUnseen} and not (pg_visible_in_snapshot(${outbox.xid}, ${upTo.text}::pg_snapshot)
    and (${outbox.xid}, ${outbox.id}) <= (${`${place.xid}`}::xid8, ${`${place.id}`}::bigint))`;
}

/** `not pg_visible_in_snapshot`, written so that an index on the transaction can answer it. */
export function isUnseenBy(snapshot: Snapshot) {
  return sql`(${outbox.xid} >= ${`${snapshot.xmax}`}::xid8
    or ${outbox.xid} = any(${`{${snapshot.inProgress.join(",")}}`}::xid8[]))`;
}
