import {
  apiKeyInput,
  apiKeyView,
  createApiKeyInput,
  createdApiKey,
  rotateApiKeyInput,
  updateApiKeyInput,
} from "@vitrine/core/model/api-key";
import { page, pageInput } from "@vitrine/core/model/paging";
import * as z from "zod";
import { router } from "../../trpc/init.ts";
import {
  organizationProcedure,
  sometimesSteppedUpProcedure,
  steppedUpProcedure,
} from "../../trpc/procedures.ts";
import { createApiKey } from "./create-api-key.ts";
import { listApiKeys } from "./queries.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { rotateApiKey } from "./rotate-api-key.ts";
import { updateApiKey } from "./update-api-key.ts";

export const apiKeysRouter = router({
  /** Keys that were not revoked, newest first; never their secrets. */
  list: organizationProcedure("apiKeys.view")
    .input(pageInput)
    .output(page(apiKeyView))
    .query(({ ctx, input }) => listApiKeys(ctx.services.database, ctx.scope, input)),
  /**
   * Makes a key; its secret is in this answer and nowhere else. Errors: PERMISSION_MISSING for grants one lacks,
   * TOO_MANY, STEP_UP_REQUIRED.
   */
  create: steppedUpProcedure("apiKeys.manage")
    .input(createApiKeyInput)
    .output(createdApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx, input)),
  /** Changes name, permissions and networks. Errors: NOT_FOUND, PERMISSION_MISSING, and for wider ones STEP_UP_REQUIRED. */
  update: sometimesSteppedUpProcedure("apiKeys.manage")
    .input(updateApiKeyInput)
    .output(apiKeyView)
    .mutation(({ ctx, input }) => updateApiKey(ctx, input)),
  /** Gives a new secret; the old one goes on for a while. Errors: NOT_FOUND, API_KEY_OVER, PERMISSION_MISSING, TOO_MANY, STEP_UP_REQUIRED. */
  rotate: sometimesSteppedUpProcedure("apiKeys.manage")
    .input(rotateApiKeyInput)
    .output(createdApiKey)
    .mutation(({ ctx, input }) => rotateApiKey(ctx, input)),
  /** Ends a key at once. Errors: NOT_FOUND. */
  revoke: organizationProcedure("apiKeys.manage")
    .input(apiKeyInput)
    .output(z.strictObject({}))
    .mutation(async ({ ctx, input }) => {
      await revokeApiKey(ctx, input.id);
      return {};
    }),
});
