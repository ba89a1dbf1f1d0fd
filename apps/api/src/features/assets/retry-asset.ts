import { isLinkKind } from "@vitrine/core/model/asset";
import { appError, invalidInput } from "@vitrine/core/model/errors";
import { assets } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import { enqueueJob } from "../../platform/queue.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy } from "../edited-by.ts";

/**
 * Processes an upload that was refused once more, and draws the card of a web page or stream that has none. Nothing happens
 * to an asset that lacks nothing. Errors: NOT_FOUND, INVALID_INPUT when the upload is not kept any more.
 */
export async function retryAsset(ctx: CommandContext, id: string): Promise<void> {
  const own = and(eq(assets.organizationId, ctx.scope.organizationId), eq(assets.id, id));
  const keptId = await findKeptUpload(ctx, id);
  await runCommand(ctx, async (tx, record) => {
    const rows = await tx
      .select({
        kind: assets.kind,
        fault: assets.fault,
        uploadId: assets.uploadId,
        thumbnailSha256: assets.thumbnailSha256,
      })
      .from(assets)
      .where(and(own, eq(assets.isActive, true)))
      .for("no key update");
    const asset = rows[0];
    if (!asset) throw appError("NOT_FOUND");
    if (isLinkKind(asset.kind)) {
      if (asset.thumbnailSha256 === null) await enqueueJob(tx, "process-asset", { assetId: id });
      return;
    }
    if (asset.fault === null) return;
    if (asset.uploadId === null || asset.uploadId !== keptId) throw notKept();
    await tx
      .update(assets)
      .set({ state: "pending", fault: null, ...editedBy(ctx) })
      .where(own);
    await enqueueJob(tx, "process-asset", { assetId: id });
    record.audit({ action: "assets.retry", subject: "asset", subjectId: id, before: { fault: asset.fault } });
    record.changed("asset", [id], "retried");
  });
  ctx.services.queue.wake("process-asset");
}

/** The upload of an asset whose bytes are still here. */
async function findKeptUpload({ services, scope }: CommandContext, id: string): Promise<string | undefined> {
  const [rows] = await services.database.batch(scope, (q) => [
    q
      .select({ uploadId: assets.uploadId })
      .from(assets)
      .where(and(eq(assets.organizationId, scope.organizationId), eq(assets.id, id))),
  ]);
  const uploadId = rows[0]?.uploadId ?? undefined;
  return uploadId !== undefined && (await services.uploads.has(scope, uploadId)) ? uploadId : undefined;
}

function notKept() {
  const message = "The file that was uploaded is not kept any more. Upload it again.";
  return invalidInput("id", message);
}
