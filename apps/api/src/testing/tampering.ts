import type postgres from "postgres";

/**
 * Runs statements against the audit events as the database's owner would who first switches off what keeps them: as a
 * superuser, without their triggers, in one transaction. Gives what the last one returned.
 */
export async function tamper(sql: postgres.Sql, ...texts: readonly string[]): Promise<postgres.Row[]> {
  return sql.begin(async (tx) => {
    await tx.unsafe("alter table tenant.audit_events disable trigger user");
    let last: postgres.Row[] = [];
    for (const text of texts) last = await tx.unsafe(text);
    await tx.unsafe("alter table tenant.audit_events enable always trigger audit_events_chain");
    await tx.unsafe("alter table tenant.audit_events enable always trigger audit_events_kept");
    return last;
  });
}
