import type { OrganizationTransaction } from "@vitrine/db/database";
import { sql } from "drizzle-orm";
import { hashToken } from "../../auth/token-hash.ts";
import type { RequestContext } from "../../trpc/context.ts";

/** Has this request's session act in the transaction's organization, together with what made its person belong there. */
export async function actHere(
  tx: OrganizationTransaction,
  ctx: Pick<RequestContext, "requireSessionToken">,
): Promise<void> {
  await tx.execute(sql`select app.act_here(${hashToken(ctx.requireSessionToken())})`);
}
