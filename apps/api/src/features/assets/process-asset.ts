import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isLinkKind } from "@vitrine/core/model/asset";
import { assets } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import { applyEdits, isUnchanged } from "../../media/edits.ts";
import type { Film, Picture } from "../../media/inspection.ts";
import { sniffFile } from "../../media/sniff-file.ts";
import type { StoredBlob } from "../../platform/blob-store.ts";
import type { QueuedJob } from "../../platform/queue.ts";
import type { Services } from "../../services.ts";
import { runCommand } from "../../trpc/command.ts";
import { type AssetWork, ownAsset, storeOutput } from "./asset-work.ts";
import { drawLinkCard } from "./draw-link-card.ts";
import { acceptUpload, refuseUpload } from "./settle-upload.ts";

const jobData = z.object({ organizationId: z.uuid(), assetId: z.uuid() });

/** Time that a file may take: to be decoded, or drawn, and for all of it to be read at 20 MB a second. */
const DECODING_MS = { image: 45_000, video: 120_000 };
const DRAWING_MS = 10_000;
const BYTES_PER_MS = 20_000;

/**
 * Processes an asset: looks at its uploaded file in a process apart, stores what may be shown of it with a thumbnail,
 * and tells how that ended; draws the card of a web page or stream. Right when it runs twice. Rejects, to be tried again, when
 * something other than the file went wrong; at the last try the asset has failed.
 */
export async function processAsset(services: Services, job: QueuedJob): Promise<void> {
  const { organizationId, assetId } = jobData.parse(job.data);
  const work: AssetWork = {
    services,
    scope: organizationScope(organizationId),
    actor: { kind: "system", id: null, name: "Vitrine" },
    requestId: job.id,
    remoteAddress: "",
    assetId,
    signal: job.signal,
  };
  const asset = await takeAsset(work);
  if (asset === undefined) return;
  if (asset.kind !== "file") return drawLinkCard(work, asset);
  try {
    await processUpload(work, asset.uploadId);
  } catch (error) {
    if (!job.isLastTry || job.signal.aborted) throw error;
    await refuseUpload(work, asset.uploadId, { fault: "processing_stopped", detail: String(error) });
  }
}

/** Marks an upload that waits as being processed; undefined when there is nothing to do any more. */
async function takeAsset(work: AssetWork) {
  return runCommand(work, async (tx, record) => {
    const rows = await tx
      .select({
        kind: assets.kind,
        state: assets.state,
        uploadId: assets.uploadId,
        url: assets.url,
        thumbnailSha256: assets.thumbnailSha256,
      })
      .from(assets)
      .where(ownAsset(work))
      .for("no key update");
    const asset = rows[0];
    if (!asset) return undefined;
    const { kind, state, uploadId, url } = asset;
    if (isLinkKind(kind)) {
      return url !== null && asset.thumbnailSha256 === null ? { kind, url } : undefined;
    }
    if ((state !== "pending" && state !== "processing") || uploadId === null) return undefined;
    if (state === "pending") {
      await tx.update(assets).set({ state: "processing" }).where(ownAsset(work));
      record.changed("asset", [work.assetId], "processing");
    }
    return { kind: "file" as const, uploadId };
  });
}

async function processUpload(work: AssetWork, uploadId: string): Promise<void> {
  const { uploads, media } = work.services;
  const path = uploads.path(work.scope, uploadId);
  const upload = await stat(path).catch(() => undefined);
  if (upload === undefined) {
    await refuseUpload(work, uploadId, { fault: "processing_stopped", detail: "The upload is gone" });
    return;
  }
  await using output = await media.makeFolder();
  const task = { kind: "inspect", path, outputDir: output.path } as const;
  const { kind, format } = await sniffFile(path);
  const timeoutMs =
    (format === "svg" ? DRAWING_MS : DECODING_MS[kind]) + Math.ceil(upload.size / BYTES_PER_MS);
  const found = await media.perform(task, timeoutMs, work.signal);
  if (found.kind === "fault") {
    await refuseUpload(work, uploadId, found);
    return;
  }
  if (found.kind !== "image" && found.kind !== "video") {
    throw new Error(`The media worker answered ${JSON.stringify(found)}`);
  }
  const file = await storeContent(work, { path, sizeBytes: upload.size }, found.content, output.path);
  const thumbnail = await storeOutput(work, join(output.path, found.thumbnail.name));
  await acceptUpload(work, uploadId, { found, file, thumbnail });
}

async function storeContent(
  work: AssetWork,
  upload: { path: string; sizeBytes: number },
  content: (Picture | Film)["content"],
  outputDir: string,
): Promise<StoredBlob> {
  const { services, scope, signal } = work;
  if (content.kind === "file") return storeOutput(work, join(outputDir, content.name));
  if (isUnchanged(content.edits, upload.sizeBytes)) return services.blobs.adopt(scope, upload.path, signal);
  return services.blobs.write(scope, applyEdits(upload.path, content.edits, signal), signal);
}
