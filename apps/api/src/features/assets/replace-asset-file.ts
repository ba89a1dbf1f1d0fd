import { isLinkKind } from "@vitrine/core/model/asset";
import { appError } from "@vitrine/core/model/errors";
import { assets } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import { enqueueJob } from "../../platform/queue.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy } from "../edited-by.ts";

/**
 * Throws unless the asset is present (NOT_FOUND) and has a file that can be replaced (WRONG_KIND for web pages and
 * streams). Gives the bytes of that file.
 */
export async function requireReplaceable(ctx: CommandContext, assetId: string): Promise<number> {
  const { organizationId } = ctx.scope;
  const [rows] = await ctx.services.database.batch(ctx.scope, (q) => [
    q
      .select({ kind: assets.kind, sizeBytes: assets.sizeBytes })
      .from(assets)
      .where(
        and(eq(assets.organizationId, organizationId), eq(assets.id, assetId), eq(assets.isActive, true)),
      ),
  ]);
  const asset = rows[0];
  if (!asset) throw appError("NOT_FOUND");
  if (isLinkKind(asset.kind)) throw appError("WRONG_KIND");
  return asset.sizeBytes;
}

/**
 * Has an uploaded file take the place of an asset's own: it waits to be processed, and until it is ready the former
 * file plays on. Errors: NOT_FOUND, WRONG_KIND for a web page or stream. Does nothing when it waits already.
 */
export async function replaceAssetFile(
  ctx: CommandContext,
  file: { assetId: string; uploadId: string; filename: string },
): Promise<void> {
  const { assetId, uploadId, filename } = file;
  const own = and(eq(assets.organizationId, ctx.scope.organizationId), eq(assets.id, assetId));
  await runCommand(ctx, async (tx, record) => {
    const rows = await tx
      .select({ kind: assets.kind, uploadId: assets.uploadId, sha256: assets.blobSha256 })
      .from(assets)
      .where(and(own, eq(assets.isActive, true)))
      .for("no key update");
    const before = rows[0];
    if (!before) throw appError("NOT_FOUND");
    if (isLinkKind(before.kind)) throw appError("WRONG_KIND");
    if (before.uploadId === uploadId) return;
    await tx
      .update(assets)
      .set({ state: "pending", fault: null, uploadId, ...editedBy(ctx) })
      .where(own);
    await enqueueJob(tx, "process-asset", { assetId });
    record.audit({
      action: "assets.replace",
      subject: "asset",
      subjectId: assetId,
      before: { sha256: before.sha256 },
      after: { filename },
    });
    record.changed("asset", [assetId], "replaced");
  });
  ctx.services.queue.wake("process-asset");
}
