import type { createBusinessInput, updateBusinessInput } from "@vitrine/core/model/business";
import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { isUniqueViolation } from "@vitrine/db/errors";
import { businesses, invitationBusinesses, memberBusinesses } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy, madeBy } from "../edited-by.ts";
import { onlyGiven } from "../only-given.ts";
import { requireRoomFor } from "../plan/room.ts";
import { BOUND_TABLES, USE } from "./use.ts";

/** Makes a business and gives its id. Errors: NAME_TAKEN whatever the name's case, TOO_MANY. */
export async function createBusiness(
  ctx: CommandContext,
  input: z.infer<typeof createBusinessInput>,
): Promise<string> {
  const id = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    const { organizationId } = tx.scope;
    await claiming(input.name, () =>
      tx.insert(businesses).values({ organizationId, id, ...input, ...madeBy(ctx) }),
    );
    await requireRoomFor(tx, "businesses", 1);
    record.audit({ action: "businesses.create", subject: "business", subjectId: id, after: input });
    record.changed("business", [id], "created");
  });
  return id;
}

/** Changes what is given. Errors: NOT_FOUND, NAME_TAKEN. */
export async function updateBusiness(
  ctx: CommandContext,
  { id, ...given }: z.infer<typeof updateBusinessInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const before = await lockBusiness(tx, id);
    const after = { ...before, ...onlyGiven(given) };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    await claiming(after.name, () =>
      tx
        .update(businesses)
        .set({ ...after, ...editedBy(ctx) })
        .where(isIt(tx, id)),
    );
    record.audit({ action: "businesses.update", subject: "business", subjectId: id, before, after });
    record.changed("business", [id], "updated");
  });
}

/**
 * Removes a business for good. What was removed and belonged to it is the organization's from then on. Errors: NOT_FOUND,
 * BUSINESS_IN_USE while something present belongs to it or somebody is limited to it.
 */
export async function removeBusiness(ctx: CommandContext, id: string): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const before = await lockBusiness(tx, id);
    const [found] = await tx.select({ use: USE }).from(businesses).where(isIt(tx, id));
    if (found && Object.values(found.use).some((many) => many > 0))
      throw appError("BUSINESS_IN_USE", found.use);
    const { organizationId } = tx.scope;
    for (const table of BOUND_TABLES)
      await tx
        .update(table)
        .set({ businessId: null })
        .where(and(eq(table.organizationId, organizationId), eq(table.businessId, id)));
    for (const table of [memberBusinesses, invitationBusinesses])
      await tx.delete(table).where(and(eq(table.organizationId, organizationId), eq(table.businessId, id)));
    await tx.delete(businesses).where(isIt(tx, id));
    record.audit({ action: "businesses.remove", subject: "business", subjectId: id, before });
    record.changed("business", [id], "removed");
  });
}

/** Takes a business for the rest of the transaction: nothing comes to belong to it meanwhile. NOT_FOUND. */
async function lockBusiness(tx: OrganizationTransaction, id: string) {
  const rows = await tx
    .select({ name: businesses.name, address: businesses.address, note: businesses.note })
    .from(businesses)
    .where(isIt(tx, id))
    .for("update");
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  return row;
}

async function claiming(name: string, write: () => PromiseLike<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isUniqueViolation(error, "businesses_name")) throw appError("NAME_TAKEN", { name });
    throw error;
  }
}

function isIt(tx: OrganizationTransaction, id: string) {
  return and(eq(businesses.organizationId, tx.scope.organizationId), eq(businesses.id, id));
}
