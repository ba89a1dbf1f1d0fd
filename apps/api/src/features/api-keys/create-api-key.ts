import type { createApiKeyInput, createdApiKey } from "@vitrine/core/model/api-key";
import { invalidInput } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { runCommand } from "../../trpc/command.ts";
import { requireVerified } from "../account/require-verified.ts";
import { type ApiKeyContext, requireOwnGrants, storeApiKey } from "./store-api-key.ts";

/**
 * Makes an API key with at most the caller's own permissions. Errors: PERMISSION_MISSING names the first beyond them,
 * EMAIL_UNVERIFIED, TOO_MANY, INVALID_INPUT for an end that is past.
 */
export async function createApiKey(
  ctx: ApiKeyContext,
  input: z.infer<typeof createApiKeyInput>,
): Promise<z.infer<typeof createdApiKey>> {
  requireVerified(ctx.actor);
  requireOwnGrants(ctx, input.grants);
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  if (expiresAt !== null && expiresAt <= ctx.services.clock.now())
    throw invalidInput("expiresAt", "Choose an end that is to come");
  return runCommand(ctx, async (tx, record) => {
    const made = await storeApiKey(tx, ctx, { ...input, expiresAt });
    const { id, name, prefix, grants, networks } = made.key;
    record.audit({
      action: "apiKeys.create",
      subject: "apiKey",
      subjectId: id,
      after: { name, prefix, grants, networks, expiresAt: input.expiresAt },
    });
    record.changed("apiKey", [id], "created");
    return made;
  });
}
