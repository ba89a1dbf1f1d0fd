import type { OrganizationTransaction } from "@vitrine/db/database";
import { sql } from "drizzle-orm";

/** Of several in the organization that do `what` at a time, one waits for the end of the other's transaction. */
export async function takeTurn(tx: OrganizationTransaction, what: string): Promise<void> {
  const turn = `${what} ${tx.scope.organizationId}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 0))`);
}
