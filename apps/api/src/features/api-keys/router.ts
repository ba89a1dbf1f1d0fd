import { id } from "@vitrine/core/model/ids";
import { apiKeyView, createApiKeyInput, createdApiKey } from "@vitrine/core/model/organization";
import { page, pageInput } from "@vitrine/core/model/paging";
import * as z from "zod";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { createApiKey } from "./create-api-key.ts";
import { listApiKeys } from "./queries.ts";
import { revokeApiKey } from "./revoke-api-key.ts";

export const apiKeysRouter = router({
  /** Live keys, newest first; never their secrets. */
  list: organizationProcedure("apiKeys.view")
    .input(pageInput)
    .output(page(apiKeyView))
    .query(({ ctx, input }) => listApiKeys(ctx.services.database, ctx.scope, input)),
  /** Makes a key; its secret is in this answer and nowhere else. Errors: PERMISSION_MISSING for grants one lacks. */
  create: organizationProcedure("apiKeys.manage")
    .input(createApiKeyInput)
    .output(createdApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx, input)),
  /** Ends a key at once. Errors: NOT_FOUND. */
  revoke: organizationProcedure("apiKeys.manage")
    .input(z.strictObject({ id }))
    .output(z.strictObject({}))
    .mutation(async ({ ctx, input }) => {
      await revokeApiKey(ctx, input.id);
      return {};
    }),
});
