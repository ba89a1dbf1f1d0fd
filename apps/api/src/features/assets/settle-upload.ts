import type { AssetFault } from "@vitrine/core/model/asset";
import { assets, blobs } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type { Film, Picture } from "../../media/inspection.ts";
import type { StoredBlob } from "../../platform/blob-store.ts";
import { runCommand } from "../../trpc/command.ts";
import { THUMBNAIL_TYPE } from "./asset-view.ts";
import { type AssetWork, ownAsset } from "./asset-work.ts";

/**
 * The asset is ready: what was found, its file and its thumbnail take their places together, and the upload's bytes
 * are dropped. Nothing changes when another upload has taken this one's place meanwhile.
 */
export async function acceptUpload(
  work: AssetWork,
  uploadId: string,
  { found, file, thumbnail }: { found: Picture | Film; file: StoredBlob; thumbnail: StoredBlob },
): Promise<void> {
  const { services, scope, assetId } = work;
  const { organizationId } = scope;
  const { kind, mediaType, width, height } = found;
  const film = kind === "video" ? found : undefined;
  const values = {
    kind,
    width,
    height,
    durationMs: film?.durationMs ?? null,
    codec: film?.codec ?? null,
    mediaType,
    sizeBytes: file.sizeBytes,
    blobSha256: file.sha256,
    thumbnailSha256: thumbnail.sha256,
  };
  await runCommand(work, async (tx, record) => {
    await tx
      .insert(blobs)
      .values([
        { organizationId, mediaType, ...file },
        { organizationId, mediaType: THUMBNAIL_TYPE, ...thumbnail },
      ])
      .onConflictDoNothing();
    const updated = await tx
      .update(assets)
      .set({ ...values, state: "ready", fault: null, uploadId: null, updatedAt: services.clock.now() })
      .where(and(ownAsset(work), eq(assets.uploadId, uploadId)))
      .returning({ id: assets.id });
    if (updated.length === 0) return;
    record.audit({ action: "assets.process", subject: "asset", subjectId: assetId, after: values });
    record.changed("asset", [assetId], "ready");
  });
  await services.uploads.dropBytes(scope, uploadId);
}

/**
 * The upload is refused. An asset that had a file keeps it and is ready again, with the fault of what should have
 * taken its place; one that had none has failed. The upload is kept for a while, to be tried again.
 */
export async function refuseUpload(
  work: AssetWork,
  uploadId: string,
  { fault, detail }: { fault: AssetFault; detail: string },
): Promise<void> {
  const { services, scope, assetId } = work;
  const { organizationId } = scope;
  services.log.info({ organizationId, assetId, fault, detail }, "an upload was refused");
  await runCommand(work, async (tx, record) => {
    const isWaiting = and(ownAsset(work), eq(assets.uploadId, uploadId));
    const rows = await tx
      .select({ blobSha256: assets.blobSha256 })
      .from(assets)
      .where(isWaiting)
      .for("no key update");
    const asset = rows[0];
    if (!asset) return;
    const state = asset.blobSha256 === null ? "failed" : "ready";
    await tx
      .update(assets)
      .set({ state, fault, updatedAt: services.clock.now() })
      .where(and(ownAsset(work), eq(assets.uploadId, uploadId)));
    record.audit({ action: "assets.refuse", subject: "asset", subjectId: assetId, after: { fault } });
    record.changed("asset", [assetId], "refused");
  });
}
