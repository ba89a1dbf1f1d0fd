import type { AuditAction } from "@vitrine/core/audit/actions";
import { createEntryInput, type updateEntryInput } from "@vitrine/core/model/entry";
import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { businesses } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { businessOf, businessOfNew, tellMove } from "../businesses/belonging.ts";
import { onlyGiven } from "../only-given.ts";
import type { WrittenEntry } from "./entry-row.ts";
import { insertEntry, lockEntry, replaceEntry, requireContent, type StoredEntry } from "./store-entry.ts";

/** Makes an entry and gives its id. Errors: TOO_MANY, NOT_FOUND for content, targets or dayparts that are not present. */
export async function createEntry(
  ctx: CommandContext,
  input: z.infer<typeof createEntryInput>,
  action: Extract<AuditAction, "schedule.create" | "schedule.override"> = "schedule.create",
): Promise<string> {
  const id = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    const content = await requireContent(tx, input.content);
    const businessId = await businessOfNew(tx, input.businessId);
    const name = input.name ?? (await nameOfUnnamed(tx, content, businessId));
    const written = { ...input, name, businessId };
    await insertEntry(tx, ctx, record, id, written);
    record.audit({ action, subject: "entry", subjectId: id, after: written });
    record.changed("entry", [id], "created");
  });
  return id;
}

/**
 * Changes what is given. Errors: INVALID_INPUT with the field that does not go with the others, NOT_FOUND for an
 * unknown entry, or new content, targets or dayparts that are not present.
 */
export async function updateEntry(
  ctx: CommandContext,
  { id, ...given }: z.infer<typeof updateEntryInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const before = await lockEntry(tx, id);
    const businessId = await businessOf(tx, before, given);
    const after = checked({ ...writtenOf(before), ...onlyGiven(given), businessId });
    if (JSON.stringify(after) === JSON.stringify(checked(writtenOf(before)))) return;
    if (JSON.stringify(after.content) !== JSON.stringify(before.content))
      await requireContent(tx, after.content);
    await replaceEntry(tx, ctx, record, { id, before, after });
    record.audit({
      action: "schedule.update",
      subject: "entry",
      subjectId: id,
      before: writtenOf(before),
      after,
    });
    record.changed("entry", [id], "updated");
    tellMove(record, "entry", id, before, after);
  });
}

/** Copies an entry and gives the copy's id. Errors: NOT_FOUND, TOO_MANY. */
export async function duplicateEntry(ctx: CommandContext, id: string): Promise<string> {
  const copyId = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    const written = writtenOf(await lockEntry(tx, id));
    await insertEntry(tx, ctx, record, copyId, written);
    const after = { ...written, copyOf: id };
    record.audit({ action: "schedule.duplicate", subject: "entry", subjectId: copyId, after });
    record.changed("entry", [copyId], "created");
  });
  return copyId;
}

/** Content's name, but to those who may not see that content: they see an entry of their business by its name. */
async function nameOfUnnamed(
  tx: OrganizationTransaction,
  content: { name: string; businessId: string | null },
  businessId: string | null,
): Promise<string> {
  if (businessId === null || businessId === content.businessId) return content.name;
  const [business] = await tx
    .select({ name: businesses.name })
    .from(businesses)
    .where(and(eq(businesses.organizationId, tx.scope.organizationId), eq(businesses.id, businessId)));
  if (!business) throw appError("NOT_FOUND");
  return business.name;
}

/** What people wrote of a stored entry. */
export function writtenOf({ endsAt: _, ...written }: StoredEntry): WrittenEntry {
  return written;
}

/** An entry put together from two; INVALID_INPUT with the path of what does not go with the rest. */
function checked(entry: WrittenEntry): WrittenEntry {
  const result = createEntryInput.safeParse(entry);
  if (result.success) return { ...result.data, name: entry.name, businessId: entry.businessId };
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw appError("INVALID_INPUT", { issues });
}
