import { appError } from "@vitrine/core/model/errors";
import { apiKeys } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import { type CommandContext, runCommand } from "../../trpc/command.ts";

/** Ends a key at once. Errors: NOT_FOUND for an unknown one and for one that has ended already. */
export async function revokeApiKey(ctx: CommandContext, id: string): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const ended = await tx
      .update(apiKeys)
      .set({ isActive: false })
      .where(
        and(
          eq(apiKeys.organizationId, ctx.scope.organizationId),
          eq(apiKeys.id, id),
          eq(apiKeys.isActive, true),
        ),
      )
      .returning({ name: apiKeys.name });
    const key = ended[0];
    if (!key) throw appError("NOT_FOUND");
    record.audit({ action: "apiKeys.revoke", subject: "apiKey", subjectId: id, before: { name: key.name } });
    record.changed("apiKey", [id], "revoked");
  });
}
