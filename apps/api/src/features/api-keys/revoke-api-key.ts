import { apiKeys } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { describeApiKey, lockApiKey } from "./store-api-key.ts";

/** Ends a key at once. Errors: NOT_FOUND for an unknown one and for one that has ended already. */
export async function revokeApiKey(ctx: CommandContext, id: string): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const key = await lockApiKey(tx, ctx.scope, id);
    await tx
      .update(apiKeys)
      .set({ isActive: false })
      .where(and(eq(apiKeys.organizationId, ctx.scope.organizationId), eq(apiKeys.id, id)));
    record.audit({
      action: "apiKeys.revoke",
      subject: "apiKey",
      subjectId: id,
      before: describeApiKey(key),
    });
    record.changed("apiKey", [id], "revoked");
  });
}
