import { stat } from "node:fs/promises";
import type { uploadMetadata } from "@vitrine/core/model/asset";
import type * as z from "zod";
import { sniffFile } from "../../media/sniff-file.ts";
import type { CommandContext } from "../../trpc/command.ts";
import { addUploadedAsset } from "./add-uploaded-asset.ts";
import { replaceAssetFile } from "./replace-asset-file.ts";

/**
 * Makes an upload whose bytes are all here an asset, or the file of the asset that it replaces; gives that asset's
 * id. Finishing again changes nothing. Errors: NOT_FOUND, WRONG_KIND for what it replaces; PLAN_LIMIT.
 */
export async function finishUpload(
  ctx: CommandContext,
  uploadId: string,
  { filename, replaces, tags, businessId }: z.infer<typeof uploadMetadata>,
): Promise<string> {
  const { uploads } = ctx.services;
  if (replaces === undefined) {
    const path = uploads.path(ctx.scope, uploadId);
    const [{ kind }, { size: sizeBytes }] = await Promise.all([sniffFile(path), stat(path)]);
    const file = { uploadId, assetId: uploadId, filename, kind, sizeBytes, tags, businessId };
    await addUploadedAsset(ctx, file);
  } else {
    await replaceAssetFile(ctx, { uploadId, assetId: replaces, filename });
  }
  await uploads.markFinished(ctx.scope, uploadId);
  return replaces ?? uploadId;
}
