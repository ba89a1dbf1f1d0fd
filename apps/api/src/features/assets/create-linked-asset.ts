import type { LinkKind } from "@vitrine/core/model/asset";
import { assets } from "@vitrine/db/schema";
import { enqueueJob } from "../../platform/queue.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { businessOfNew } from "../businesses/belonging.ts";
import { claimName, findFreeName } from "../names.ts";
import { takeRoomInPlan } from "../plan/room.ts";
import { writeTags } from "./write-tags.ts";

/** Content that is an address: a web page with its reload interval, or a stream. */
export type LinkedAsset = {
  kind: LinkKind;
  name?: string | undefined;
  url: string;
  /** Null for a stream. */
  reloadSeconds: number | null;
  tags: readonly string[];
  businessId?: string | null | undefined;
};

/** Adds it under a free name (its host's without one) and gives its id; its card is drawn afterwards. */
export async function createLinkedAsset(ctx: CommandContext, input: LinkedAsset): Promise<string> {
  const { services } = ctx;
  const { organizationId } = ctx.scope;
  const id = services.newId();
  const madeBy = ctx.actor.kind === "user" ? ctx.actor.id : null;
  await runCommand(ctx, async (tx, record) => {
    const businessId = await businessOfNew(tx, input.businessId);
    const name = await findFreeName(tx, assets, input.name ?? new URL(input.url).hostname, businessId);
    const now = services.clock.now();
    await claimName(assets, name, () =>
      tx.insert(assets).values({
        organizationId,
        id,
        businessId,
        kind: input.kind,
        name,
        state: "ready",
        url: input.url,
        reloadSeconds: input.reloadSeconds,
        createdAt: now,
        updatedAt: now,
        createdBy: madeBy,
        updatedBy: madeBy,
      }),
    );
    await takeRoomInPlan(tx, "assets", 1);
    await writeTags(tx, id, input.tags);
    await enqueueJob(tx, "process-asset", { assetId: id });
    const { kind, url, reloadSeconds, tags } = input;
    const after = { kind, name, url, ...(reloadSeconds !== null && { reloadSeconds }), tags, businessId };
    record.audit({ action: "assets.create", subject: "asset", subjectId: id, after });
    record.changed("asset", [id], "created");
  });
  services.queue.wake("process-asset");
  return id;
}
