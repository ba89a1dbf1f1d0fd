import type { OutboxEntry, OutboxRange } from "./jobs-database.ts";

/**
 * What `after` does not see is `xid >= xmax` or one of those in progress: two look-ups by index, so that an old open
 * transaction does not make every read go over all that came after it.
 */
export const READ_OUTBOX = `
  with edge as materialized (select coalesce($1::pg_snapshot, pg_current_snapshot()) as up_to)
  select edge.up_to::text as "upTo", one.* from edge left join lateral (
    select entry.xid::text as "xid", entry.id as "id", entry.organization_id as "organizationId",
      entry.event as "event", o.content_revision as "contentRevision"
    from (
      (
        select * from tenant.outbox
        where xid >= $2::xid8 and (xid, id) > ($4::xid8, $5::bigint) and pg_visible_in_snapshot(xid, edge.up_to)
        order by xid, id limit $6::integer
      ) union all (
        select * from tenant.outbox
        where xid = any($3::xid8[]) and (xid, id) > ($4::xid8, $5::bigint) and pg_visible_in_snapshot(xid, edge.up_to)
        order by xid, id limit $6::integer
      )
    ) as entry
    join tenant.organizations o on o.organization_id = entry.organization_id
    order by entry.xid, entry.id limit $6::integer
  ) as one on true`;

/** The parameters of `READ_OUTBOX`. Throws `TypeError` when `after` is not the text of a snapshot. */
export function outboxParameters({ after, upTo, behind, limit }: OutboxRange): (string | null)[] {
  const [, xmax, inProgress] = /^\d+:(\d+):([\d,]*)$/.exec(after) ?? [];
  if (xmax === undefined || inProgress === undefined) throw new TypeError("Not a snapshot");
  return [upTo ?? null, xmax, `{${inProgress}}`, behind?.xid ?? "0", `${behind?.id ?? 0}`, `${limit}`];
}

type Row = { upTo: string } & (OutboxEntry | { [Name in keyof OutboxEntry]: null });

/** The answer to `READ_OUTBOX`, which has at least one row, of nulls where there are no entries. */
export function toOutboxRead(rows: readonly Row[]): { upTo: string; entries: OutboxEntry[] } {
  const upTo = rows[0]?.upTo;
  if (upTo === undefined) throw new Error("The database gave no snapshot");
  const entries = rows.flatMap(({ upTo: _, ...entry }) => (entry.id === null ? [] : [entry]));
  return { upTo, entries };
}
