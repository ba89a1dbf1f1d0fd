import { join } from "node:path";
import type { LinkKind } from "@vitrine/core/model/asset";
import { assets, blobs } from "@vitrine/db/schema";
import { and, eq, isNull } from "drizzle-orm";
import { runCommand } from "../../trpc/command.ts";
import { THUMBNAIL_TYPE } from "./asset-view.ts";
import { type AssetWork, ownAsset, storeOutput } from "./asset-work.ts";

const TIMEOUT_MS = 30_000;

/** Gives a web page or stream its thumbnail: a card with its host's name. Nothing changes when its address did meanwhile. */
export async function drawLinkCard(work: AssetWork, link: { kind: LinkKind; url: string }): Promise<void> {
  const { services, scope, assetId, signal } = work;
  await using output = await services.media.makeFolder();
  const task = { kind: "card", shows: link.kind, url: link.url, outputDir: output.path } as const;
  const result = await services.media.perform(task, TIMEOUT_MS, signal);
  if (result.kind !== "card") throw new Error(`The media worker answered ${JSON.stringify(result)}`);
  const thumbnail = await storeOutput(work, join(output.path, result.thumbnail.name));
  await runCommand(work, async (tx, record) => {
    await tx
      .insert(blobs)
      .values({ organizationId: scope.organizationId, mediaType: THUMBNAIL_TYPE, ...thumbnail })
      .onConflictDoNothing();
    const drawn = await tx
      .update(assets)
      .set({ thumbnailSha256: thumbnail.sha256 })
      .where(and(ownAsset(work), eq(assets.url, link.url), isNull(assets.thumbnailSha256)))
      .returning({ id: assets.id });
    if (drawn.length > 0) record.changed("asset", [assetId], "drawn");
  });
}
