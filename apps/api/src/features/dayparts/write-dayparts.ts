import type { createDaypartInput, updateDaypartInput } from "@vitrine/core/model/daypart";
import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { dayparts } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy, madeBy } from "../edited-by.ts";
import { claimName, findFreeName } from "../names.ts";
import { onlyGiven } from "../only-given.ts";
import { requireRoomFor } from "../plan/room.ts";

/** Makes a daypart and gives its id. Errors: NAME_TAKEN, TOO_MANY. */
export async function createDaypart(
  ctx: CommandContext,
  input: z.infer<typeof createDaypartInput>,
): Promise<string> {
  const id = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    await insertDaypart(tx, ctx, id, input);
    record.audit({ action: "dayparts.create", subject: "daypart", subjectId: id, after: input });
    record.changed("daypart", [id], "created");
  });
  return id;
}

/** Changes what is given. Errors: NOT_FOUND, NAME_TAKEN. */
export async function updateDaypart(
  ctx: CommandContext,
  { id, ...given }: z.infer<typeof updateDaypartInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const before = await findDaypart(tx, id);
    const after = { ...before, ...onlyGiven(given) };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    await claimName(dayparts, after.name, () =>
      tx
        .update(dayparts)
        .set({ ...after, ...editedBy(ctx) })
        .where(ofDaypart(tx, id)),
    );
    record.audit({ action: "dayparts.update", subject: "daypart", subjectId: id, before, after });
    record.changed("daypart", [id], "updated");
  });
}

/** Copies a daypart under a free name and gives the copy's id. Errors: NOT_FOUND, TOO_MANY. */
export async function duplicateDaypart(ctx: CommandContext, id: string): Promise<string> {
  const copyId = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    const original = await findDaypart(tx, id);
    const after = { ...original, name: await findFreeName(tx, dayparts, original.name, null) };
    await insertDaypart(tx, ctx, copyId, after);
    record.audit({
      action: "dayparts.duplicate",
      subject: "daypart",
      subjectId: copyId,
      after: { ...after, copyOf: id },
    });
    record.changed("daypart", [copyId], "created");
  });
  return copyId;
}

async function insertDaypart(
  tx: OrganizationTransaction,
  ctx: CommandContext,
  id: string,
  { name, windows, exceptDates }: z.infer<typeof createDaypartInput>,
): Promise<void> {
  const { organizationId } = tx.scope;
  await claimName(dayparts, name, () =>
    tx.insert(dayparts).values({ organizationId, id, name, windows, exceptDates, ...madeBy(ctx) }),
  );
  await requireRoomFor(tx, "dayparts", 1);
}

/** Takes a present daypart for the rest of the transaction. NOT_FOUND. */
async function findDaypart(tx: OrganizationTransaction, id: string) {
  const rows = await tx
    .select({ name: dayparts.name, windows: dayparts.windows, exceptDates: dayparts.exceptDates })
    .from(dayparts)
    .where(and(ofDaypart(tx, id), eq(dayparts.isActive, true)))
    .for("no key update");
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  return row;
}

function ofDaypart(tx: OrganizationTransaction, id: string) {
  return and(eq(dayparts.organizationId, tx.scope.organizationId), eq(dayparts.id, id));
}
