import {
  assetIdsInput,
  assetPage,
  assetView,
  createStreamAssetInput,
  createWebAssetInput,
  listAssetsInput,
  updateAssetInput,
  usedBy,
} from "@vitrine/core/model/asset";
import { id } from "@vitrine/core/model/ids";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { RequestContext } from "../../trpc/context.ts";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { getUsedBy } from "../used-by.ts";
import { createLinkedAsset } from "./create-linked-asset.ts";
import { type AssetReader, getAsset, listAssets, listTags } from "./queries.ts";
import { removeAssets, restoreAssets } from "./remove-assets.ts";
import { retryAsset } from "./retry-asset.ts";
import { updateAsset } from "./update-asset.ts";

const nothing = z.strictObject({});
const one = z.strictObject({ id });

export const assetsRouter = router({
  /** Assets in one of four orders, filtered, present or removed, a page at a time. */
  list: organizationProcedure("assets.view")
    .input(listAssetsInput)
    .output(assetPage)
    .query(({ ctx, input }) => listAssets(readerOf(ctx), input)),
  /** One asset. Errors: NOT_FOUND. */
  get: organizationProcedure("assets.view")
    .input(one)
    .output(assetView)
    .query(({ ctx, input }) => getAsset(readerOf(ctx), input.id)),
  /** Tags in use, most used first, at most 500. */
  tags: organizationProcedure("assets.view")
    .output(z.strictObject({ tags: z.array(z.strictObject({ tag: z.string(), count: z.int() })) }))
    .query(async ({ ctx }) => ({ tags: await listTags(ctx.services.database, ctx.scope) })),
  /** Adds a web page by its address. */
  createWeb: organizationProcedure("assets.create")
    .input(createWebAssetInput)
    .output(assetView)
    .mutation(async ({ ctx, input }) =>
      getAsset(readerOf(ctx), await createLinkedAsset(ctx, { ...input, kind: "web" })),
    ),
  /** Adds a live or endless HLS stream by its address. */
  createStream: organizationProcedure("assets.create")
    .input(createStreamAssetInput)
    .output(assetView)
    .mutation(async ({ ctx, input }) =>
      getAsset(
        readerOf(ctx),
        await createLinkedAsset(ctx, { ...input, kind: "stream", reloadSeconds: null }),
      ),
    ),
  /** Changes name, description, tags, address, fit, loudness, or switches it on and off. Errors: NOT_FOUND, NAME_TAKEN, WRONG_KIND. */
  update: organizationProcedure("assets.edit")
    .input(updateAssetInput)
    .output(assetView)
    .mutation(async ({ ctx, input }) => {
      await updateAsset(ctx, input);
      return getAsset(readerOf(ctx), input.id);
    }),
  /** Removes assets; `restore` undoes it. Errors: NOT_FOUND, IN_USE without `force`. */
  remove: organizationProcedure("assets.delete")
    .input(assetIdsInput.extend({ force: z.boolean().default(false) }))
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await removeAssets(ctx, input.ids, input.force);
      return {};
    }),
  /** Brings removed assets back. Errors: NOT_FOUND. */
  restore: organizationProcedure("assets.delete")
    .input(assetIdsInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await restoreAssets(ctx, input.ids);
      return {};
    }),
  /** Processes a refused upload once more. Errors: NOT_FOUND, INVALID_INPUT when it is not kept any more. */
  retry: organizationProcedure("assets.edit")
    .input(one)
    .output(assetView)
    .mutation(async ({ ctx, input }) => {
      await retryAsset(ctx, input.id);
      return getAsset(readerOf(ctx), input.id);
    }),
  /** The playlists that hold it, and the screens that play those. Errors: NOT_FOUND. */
  usedBy: organizationProcedure("assets.view")
    .input(one)
    .output(usedBy)
    .query(({ ctx, input }) => getUsedBy(ctx.services.database, ctx.scope, "asset", input.id)),
});

function readerOf({
  services,
  scope,
  contentOrigin,
}: RequestContext & { scope: OrganizationScope }): AssetReader {
  return {
    database: services.database,
    scope,
    fileUrl: (file) => services.contentUrls.make(contentOrigin, scope, file),
  };
}
