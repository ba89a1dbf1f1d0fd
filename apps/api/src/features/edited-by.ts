import type { CommandContext } from "../trpc/command.ts";

/** Who made or changed something; null for a maker that is not a person. */
export function personOf({ actor }: Pick<CommandContext, "actor">): string | null {
  return actor.kind === "user" ? actor.id : null;
}

/** Marks a row as changed now by the one who acts. */
export function editedBy(ctx: CommandContext): { updatedAt: Date; updatedBy: string | null } {
  return { updatedAt: ctx.services.clock.now(), updatedBy: personOf(ctx) };
}

/** Marks a row as made now by the one who acts. */
export function madeBy(ctx: CommandContext) {
  const { updatedAt, updatedBy } = editedBy(ctx);
  return { createdAt: updatedAt, updatedAt, createdBy: updatedBy, updatedBy };
}
