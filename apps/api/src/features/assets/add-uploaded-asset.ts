import { tags as tagList } from "@vitrine/core/model/paging";
import { assets } from "@vitrine/db/schema";
import { enqueueJob } from "../../platform/queue.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { businessOfNew } from "../businesses/belonging.ts";
import { personOf } from "../edited-by.ts";
import { findFreeName, isNameViolation } from "../names.ts";
import { takeRoomInPlan } from "../plan/room.ts";
import { writeTags } from "./write-tags.ts";

/** A file that has arrived whole. `assetId` was chosen when the upload began, so that finishing twice adds it once. */
export type ArrivedFile = {
  uploadId: string;
  assetId: string;
  filename: string;
  kind: "image" | "video";
  sizeBytes: number;
  /** Tags separated by commas. */
  tags: string | undefined;
  /** As of a new thing. */
  businessId: string | null | undefined;
};

const ATTEMPTS = 5;

/**
 * Adds an uploaded file as an asset that waits to be processed, under a free name, with the job that processes it.
 * Does nothing when that was done before. Errors: PLAN_LIMIT.
 */
export async function addUploadedAsset(ctx: CommandContext, file: ArrivedFile): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await insertAsset(ctx, file);
      return;
    } catch (error) {
      // Somebody else took the name that was free a moment ago.
      if (attempt === ATTEMPTS || !isNameViolation(error, assets)) throw error;
    }
  }
}

async function insertAsset(ctx: CommandContext, file: ArrivedFile): Promise<void> {
  const { services, scope } = ctx;
  const { organizationId } = scope;
  const { assetId, uploadId, kind, sizeBytes } = file;
  await runCommand(ctx, async (tx, record) => {
    const businessId = await businessOfNew(tx, file.businessId);
    const name = await findFreeName(tx, assets, nameOf(file.filename), businessId);
    const now = services.clock.now();
    const madeBy = personOf(ctx);
    const inserted = await tx
      .insert(assets)
      .values({
        organizationId,
        id: assetId,
        businessId,
        kind,
        name,
        state: "pending",
        uploadId,
        sizeBytes,
        createdAt: now,
        updatedAt: now,
        createdBy: madeBy,
        updatedBy: madeBy,
      })
      .onConflictDoNothing({ target: [assets.organizationId, assets.id] })
      .returning({ id: assets.id });
    if (inserted.length === 0) return;
    await takeRoomInPlan(tx, "assets", 1);
    await takeRoomInPlan(tx, "storage", sizeBytes);
    const tags = tagsOf(file.tags);
    await writeTags(tx, assetId, tags);
    await enqueueJob(tx, "process-asset", { assetId });
    record.audit({
      action: "assets.create",
      subject: "asset",
      subjectId: assetId,
      after: { kind, name, tags, businessId },
    });
    record.changed("asset", [assetId], "created");
  });
  services.queue.wake("process-asset");
}

const KNOWN_ENDING = /\.(jpe?g|jfif|png|webp|avif|gif|svg|mp4|m4v|webm)$/i;

/** What people call the file: its name without the ending that says its type. */
function nameOf(filename: string): string {
  return filename.replace(KNOWN_ENDING, "").trim() || filename;
}

/** Tags that are not well formed are left out: the file itself is what matters. */
function tagsOf(text: string | undefined): string[] {
  const words = (text ?? "").split(",").filter((word) => word.trim() !== "");
  const parsed = tagList.safeParse(words.slice(0, 30).map((word) => word.trim().slice(0, 50)));
  return parsed.success ? parsed.data : [];
}
