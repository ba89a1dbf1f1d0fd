import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { dayparts } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq } from "drizzle-orm";

/** Throws NOT_FOUND unless every id is a present daypart. */
export async function requireDayparts(tx: OrganizationTransaction, ids: readonly string[]): Promise<void> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return;
  const found = await tx
    .select({ id: dayparts.id })
    .from(dayparts)
    .where(
      and(
        eq(dayparts.organizationId, tx.scope.organizationId),
        eq(dayparts.isActive, true),
        isAnyOf(dayparts.id, "uuid", distinct),
      ),
    )
    .for("key share");
  if (found.length !== distinct.length) throw appError("NOT_FOUND");
}
