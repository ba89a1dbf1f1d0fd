import type { createdApiKey, rotateApiKeyInput } from "@vitrine/core/model/api-key";
import { appError } from "@vitrine/core/model/errors";
import { apiKeys } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { runCommand } from "../../trpc/command.ts";
import type { MaybeDangerous } from "../../trpc/procedures.ts";
import { requireVerified } from "../account/require-verified.ts";
import {
  type ApiKeyContext,
  type ApiKeyRow,
  describeApiKey,
  lockApiKey,
  requireOwnGrants,
  storeApiKey,
} from "./store-api-key.ts";

const HOUR_MS = 3_600_000;

/**
 * Puts a new key with a new secret in the place of one; both work for `overlapHours`. It lives as long as the old one
 * was made to. Errors: NOT_FOUND, API_KEY_OVER for one that has ended or was replaced, TOO_MANY, and
 * PERMISSION_MISSING where the key may do more than the caller, who would come to hold its secret. Programs may, since
 * keys are rotated by them; of people it is asked as for a new key: STEP_UP_REQUIRED, EMAIL_UNVERIFIED.
 */
export async function rotateApiKey(
  ctx: ApiKeyContext & MaybeDangerous,
  { id, overlapHours }: z.infer<typeof rotateApiKeyInput>,
): Promise<z.infer<typeof createdApiKey>> {
  requireVerified(ctx.actor);
  if (ctx.actor.kind === "user") ctx.requireSteppedUp();
  const now = ctx.services.clock.now();
  return runCommand(ctx, async (tx, record) => {
    const old = await lockApiKey(tx, ctx.scope, id);
    requireOwnGrants(ctx, old.grants);
    if (old.replacedBy !== null || (old.expiresAt !== null && old.expiresAt <= now))
      throw appError("API_KEY_OVER");
    const made = await storeApiKey(tx, ctx, { ...old, expiresAt: endOfNext(old, now) });
    const overlapEnd = new Date(now.getTime() + overlapHours * HOUR_MS);
    const change = {
      replacedBy: made.key.id,
      expiresAt: old.expiresAt !== null && old.expiresAt < overlapEnd ? old.expiresAt : overlapEnd,
      isActive: overlapHours > 0,
    };
    await tx
      .update(apiKeys)
      .set(change)
      .where(and(eq(apiKeys.organizationId, ctx.scope.organizationId), eq(apiKeys.id, id)));
    record.audit({
      action: "apiKeys.rotate",
      subject: "apiKey",
      subjectId: id,
      before: describeApiKey(old),
      after: {
        ...describeApiKey({ ...old, ...change }),
        replacedBy: made.key.id,
        newPrefix: made.key.prefix,
      },
    });
    record.changed("apiKey", [id, made.key.id], "rotated");
    return made;
  });
}

function endOfNext({ expiresAt, createdAt }: ApiKeyRow, now: Date): Date | null {
  return expiresAt === null ? null : new Date(now.getTime() + expiresAt.getTime() - createdAt.getTime());
}
