import { type AssetKind, isLinkKind, type updateAssetInput } from "@vitrine/core/model/asset";
import { appError, invalidInput } from "@vitrine/core/model/errors";
import { assets } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { enqueueJob } from "../../platform/queue.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { businessOf, tellMove } from "../businesses/belonging.ts";
import { editedBy } from "../edited-by.ts";
import { claimName } from "../names.ts";
import { writeTags } from "./write-tags.ts";

/**
 * Changes what people say of a present asset. Errors: NOT_FOUND (also for a business), NAME_TAKEN, WRONG_KIND for what its kind
 * does not have (an address, a reload interval, a fit, a loudness), INVALID_INPUT for a window that ends before it starts.
 */
export async function updateAsset(
  ctx: CommandContext,
  input: z.infer<typeof updateAssetInput>,
): Promise<void> {
  const own = and(eq(assets.organizationId, ctx.scope.organizationId), eq(assets.id, input.id));
  await runCommand(ctx, async (tx, record) => {
    const rows = await tx
      .select()
      .from(assets)
      .where(and(own, eq(assets.isActive, true)))
      .for("no key update");
    const before = rows[0];
    if (!before) throw appError("NOT_FOUND");
    requireFitting(before.kind, input);
    const change = {
      businessId: await businessOf(tx, before, input),
      name: input.name ?? before.name,
      description: input.description ?? before.description,
      isEnabled: input.isEnabled ?? before.isEnabled,
      url: input.url ?? before.url,
      reloadSeconds: input.reloadSeconds ?? before.reloadSeconds,
      fit: input.fit ?? before.fit,
      loudness: input.loudness ?? before.loudness,
      availableFrom: toDate(input.availableFrom, before.availableFrom),
      availableUntil: toDate(input.availableUntil, before.availableUntil),
    };
    const { availableFrom, availableUntil } = change;
    if (availableFrom && availableUntil && availableFrom >= availableUntil) {
      throw invalidInput("availableUntil", "Ends before it starts");
    }
    const isMoved = change.url !== before.url;
    const card = isMoved ? { thumbnailSha256: null } : {};
    await claimName(assets, change.name, () =>
      tx
        .update(assets)
        .set({ ...change, ...card, ...editedBy(ctx) })
        .where(own),
    );
    if (input.tags) await writeTags(tx, input.id, input.tags);
    if (isMoved) await enqueueJob(tx, "process-asset", { assetId: input.id });
    record.audit({
      action: "assets.update",
      subject: "asset",
      subjectId: input.id,
      before: {
        businessId: before.businessId,
        name: before.name,
        description: before.description,
        isEnabled: before.isEnabled,
        url: before.url,
        reloadSeconds: before.reloadSeconds,
        fit: before.fit,
        loudness: before.loudness,
        availableFrom: before.availableFrom,
        availableUntil: before.availableUntil,
      },
      after: input.tags ? { ...change, tags: input.tags } : change,
    });
    record.changed("asset", [input.id], "updated");
    tellMove(record, "asset", input.id, before, change);
  });
  if (input.url !== undefined) ctx.services.queue.wake("process-asset");
}

/** Throws WRONG_KIND when something is given that content of this kind does not have. */
function requireFitting(kind: AssetKind, given: z.infer<typeof updateAssetInput>): void {
  const isFitting =
    (given.url === undefined || isLinkKind(kind)) &&
    (given.reloadSeconds === undefined || kind === "web") &&
    (given.fit === undefined || kind !== "web") &&
    (given.loudness === undefined || kind === "video" || kind === "stream");
  if (!isFitting) throw appError("WRONG_KIND");
}

function toDate(given: string | null | undefined, before: Date | null): Date | null {
  if (given === undefined) return before;
  return given === null ? null : new Date(given);
}
