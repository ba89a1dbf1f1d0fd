import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { scheduleEntries } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq } from "drizzle-orm";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy } from "../edited-by.ts";
import { requireRoomFor } from "../plan/room.ts";
import { hasEnded, tellTargets } from "./store-entry.ts";

/** Removes entries, undone by `restoreEntries`. NOT_FOUND unless every id is a present entry. */
export async function removeEntries(ctx: CommandContext, ids: readonly string[]): Promise<void> {
  await setActive(ctx, ids, false);
}

/** Brings removed entries back. Errors: NOT_FOUND unless every id is a removed entry, TOO_MANY. */
export async function restoreEntries(ctx: CommandContext, ids: readonly string[]): Promise<void> {
  await setActive(ctx, ids, true);
}

async function setActive(ctx: CommandContext, ids: readonly string[], isActive: boolean): Promise<void> {
  const word = isActive ? "restore" : "remove";
  await runCommand(ctx, async (tx, record) => {
    const found = await takeEntries(tx, [...new Set(ids)], !isActive);
    const distinct = found.map(({ id }) => id);
    await tx
      .update(scheduleEntries)
      .set({ isActive, ...editedBy(ctx) })
      .where(
        and(
          eq(scheduleEntries.organizationId, tx.scope.organizationId),
          isAnyOf(scheduleEntries.id, "uuid", distinct),
        ),
      );
    for (const { id, name, isEverywhere } of found) {
      record.audit({ action: `schedule.${word}`, subject: "entry", subjectId: id, before: { name } });
      if (isActive) await tellTargets(tx, record, id, isEverywhere, new Set());
    }
    const now = ctx.services.clock.now();
    if (isActive) await requireRoomFor(tx, "entries", found.filter((one) => !hasEnded(one, now)).length);
    record.changed("entry", distinct, `${word}d`);
  });
}

async function takeEntries(tx: OrganizationTransaction, ids: readonly string[], isActive: boolean) {
  const found = await tx
    .select({
      id: scheduleEntries.id,
      name: scheduleEntries.name,
      isEverywhere: scheduleEntries.isEverywhere,
      endsAt: scheduleEntries.endsAt,
    })
    .from(scheduleEntries)
    .where(
      and(
        eq(scheduleEntries.organizationId, tx.scope.organizationId),
        eq(scheduleEntries.isActive, isActive),
        isAnyOf(scheduleEntries.id, "uuid", ids),
      ),
    )
    .orderBy(asc(scheduleEntries.id))
    .for("no key update");
  if (found.length !== ids.length) throw appError("NOT_FOUND");
  return found;
}
