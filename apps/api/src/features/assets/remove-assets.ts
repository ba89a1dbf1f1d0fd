import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { assets } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq } from "drizzle-orm";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy } from "../edited-by.ts";
import { byName, claimName, findFreeName } from "../names.ts";
import { takeRoomInPlan } from "../plan/room.ts";
import { findUsedBy, isUsed } from "../used-by.ts";

/**
 * Removes assets, undone by `restoreAssets`: they stay in their playlists and entries, and screens skip them. Where one is in
 * use it is refused (IN_USE, saying by what) unless `force`. NOT_FOUND unless every id is a present asset.
 */
export async function removeAssets(
  ctx: CommandContext,
  ids: readonly string[],
  force: boolean,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const found = await takeAssets(tx, ids, true);
    const usedBy = await findUsedBy(tx, "asset", ids);
    if (isUsed(usedBy) && !force) throw appError("IN_USE", usedBy);
    for (const { id, name } of found) {
      await setActive(tx, ctx, id, { isActive: false });
      record.audit({ action: "assets.remove", subject: "asset", subjectId: id, before: { name } });
    }
    record.changed(
      "asset",
      found.map(({ id }) => id),
      "removed",
    );
  });
}

/**
 * Brings removed assets back; one whose name was given away gets a free one. NOT_FOUND unless every id is a removed
 * asset; PLAN_LIMIT.
 */
export async function restoreAssets(ctx: CommandContext, ids: readonly string[]): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const found = await takeAssets(tx, ids, false);
    for (const { id, name: formerName, businessId } of byName(found)) {
      const name = await findFreeName(tx, assets, formerName, businessId);
      await claimName(assets, name, () => setActive(tx, ctx, id, { isActive: true, name }));
      record.audit({ action: "assets.restore", subject: "asset", subjectId: id, after: { name } });
    }
    await takeRoomInPlan(tx, "assets", found.length);
    await takeRoomInPlan(
      tx,
      "storage",
      found.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    );
    record.changed(
      "asset",
      found.map(({ id }) => id),
      "restored",
    );
  });
}

/** Takes these assets for the rest of the transaction, in order of id. NOT_FOUND unless all are there as asked. */
async function takeAssets(tx: OrganizationTransaction, ids: readonly string[], isActive: boolean) {
  const distinct = [...new Set(ids)];
  const found = await tx
    .select({ id: assets.id, name: assets.name, businessId: assets.businessId, sizeBytes: assets.sizeBytes })
    .from(assets)
    .where(
      and(
        eq(assets.organizationId, tx.scope.organizationId),
        eq(assets.isActive, isActive),
        isAnyOf(assets.id, "uuid", distinct),
      ),
    )
    .orderBy(asc(assets.id))
    .for("no key update");
  if (found.length !== distinct.length) throw appError("NOT_FOUND");
  return found;
}

function setActive(
  tx: OrganizationTransaction,
  ctx: CommandContext,
  id: string,
  change: { isActive: boolean; name?: string },
) {
  return tx
    .update(assets)
    .set({ ...change, ...editedBy(ctx) })
    .where(and(eq(assets.organizationId, tx.scope.organizationId), eq(assets.id, id)));
}
