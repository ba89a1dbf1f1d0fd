import type { OfBusiness } from "@vitrine/core/model/business";
import { appError, invalidInput } from "@vitrine/core/model/errors";
import type { Subject } from "@vitrine/core/model/event";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { businesses } from "@vitrine/db/schema";
import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { Recorder } from "../../trpc/command.ts";
import type { BoundTable } from "./use.ts";

/**
 * The business that a new thing belongs to: what was asked for, and for who is limited to one business that one.
 * NOT_FOUND for one that is not there, INVALID_INPUT where somebody who is limited must say which.
 */
export async function businessOfNew(
  tx: OrganizationTransaction,
  asked: string | null | undefined,
): Promise<string | null> {
  const { businessIds } = tx.scope;
  const [only] = businessIds ?? [];
  if (asked === undefined && only !== undefined && businessIds?.length === 1) return only;
  return requireBusiness(tx, asked ?? null);
}

/** A business as somebody may choose it. */
async function requireBusiness(tx: OrganizationTransaction, asked: string | null): Promise<string | null> {
  if (asked === null) {
    if (tx.scope.businessIds === null) return null;
    throw invalidInput("businessId", "Choose one of your businesses");
  }
  const found = await tx
    .select({ id: businesses.id })
    .from(businesses)
    .where(and(eq(businesses.organizationId, tx.scope.organizationId), eq(businesses.id, asked)))
    .for("key share");
  if (found.length === 0) throw appError("NOT_FOUND");
  return asked;
}

type Bound = { businessId: string | null };

/** The business of a thing after a change; what is not given stays. Errors: as of a new one. */
export async function businessOf(
  tx: OrganizationTransaction,
  before: Bound,
  { businessId: asked }: { businessId?: string | null | undefined },
): Promise<string | null> {
  if (asked === undefined || asked === before.businessId) return before.businessId;
  return requireBusiness(tx, asked);
}

/** Tells those who see what it was taken out of, and no longer see it, that it went. */
export function tellMove(record: Recorder, subject: Subject, id: string, before: Bound, after: Bound): void {
  if (before.businessId !== null && before.businessId !== after.businessId)
    record.changed(subject, [id], `${MOVED_FROM}${before.businessId}`);
}

/** What the action of such a change begins with; the business follows. */
export const MOVED_FROM = "moved from ";

/** The condition of a list that is narrowed to a business, or to what belongs to none. */
export function isOfBusiness({ businessId }: BoundTable, wanted: OfBusiness): SQL | undefined {
  if (wanted === undefined) return undefined;
  return wanted === "none" ? isNull(businessId) : eq(businessId, wanted);
}
