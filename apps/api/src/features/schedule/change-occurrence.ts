import type { moveOccurrenceInput, removeOccurrenceInput } from "@vitrine/core/model/entry";
import { invalidInput } from "@vitrine/core/model/errors";
import type { Occurrences } from "@vitrine/core/model/schedule";
import { moveOccurrence, type OccurrenceFault, removeOccurrence } from "@vitrine/core/schedule";
import { scheduleEntries } from "@vitrine/db/schema";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy } from "../edited-by.ts";
import { insertEntry, lockEntry, ofEntry, replaceEntry } from "./store-entry.ts";
import { writtenOf } from "./write-entries.ts";

/**
 * Moves an occurrence, with those that the scope takes along; gives the id of the entry that it belongs to then: a new
 * one where others stay as they are. Errors: NOT_FOUND, INVALID_INPUT for a date on which nothing begins, and for a rule
 * that names its days itself.
 */
export async function moveEntryOccurrence(
  ctx: CommandContext,
  { id, ...move }: z.infer<typeof moveOccurrenceInput>,
): Promise<string> {
  const newId = ctx.services.newId();
  return runCommand(ctx, async (tx, record) => {
    const before = await lockEntry(tx, id);
    const edit = before.when === null ? "not_an_occurrence" : moveOccurrence(before.when, move);
    if (typeof edit === "string") throw faultOf(edit);
    const written = writtenOf(before);
    const moved = { ...written, when: edit.moved };
    const after = edit.kept === null ? moved : { ...written, when: edit.kept };
    if (edit.kept !== null) await insertEntry(tx, ctx, record, newId, moved);
    await replaceEntry(tx, ctx, record, { id, before, after });
    record.audit({
      action: "schedule.moveOccurrence",
      subject: "entry",
      subjectId: id,
      before: { when: before.when },
      after: { ...move, ...edit, ...(edit.kept !== null && { newId }) },
    });
    record.changed("entry", [id], "updated");
    if (edit.kept !== null) record.changed("entry", [newId], "created");
    return edit.kept === null ? id : newId;
  });
}

/** Takes an occurrence out, with those that the scope takes along; the entry goes with its last. Errors as of moving. */
export async function removeEntryOccurrence(
  ctx: CommandContext,
  { id, ...removal }: z.infer<typeof removeOccurrenceInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const before = await lockEntry(tx, id);
    const edit = before.when === null ? "not_an_occurrence" : removeOccurrence(before.when, removal);
    if (typeof edit === "string") throw faultOf(edit);
    const { kept } = edit;
    if (kept === null) {
      await tx
        .update(scheduleEntries)
        .set({ isActive: false, ...editedBy(ctx) })
        .where(ofEntry(tx, id));
    } else {
      await replaceEntry(tx, ctx, record, { id, before, after: { ...writtenOf(before), when: kept } });
    }
    record.audit({
      action: "schedule.removeOccurrence",
      subject: "entry",
      subjectId: id,
      before: { when: before.when },
      after: { ...removal, when: kept satisfies Occurrences | null },
    });
    record.changed("entry", [id], kept === null ? "removed" : "updated");
  });
}

function faultOf(fault: OccurrenceFault) {
  return fault === "not_an_occurrence"
    ? invalidInput("date", "Nothing of this entry begins on that day")
    : invalidInput("start", "The rule names its days itself; change the rule instead");
}
