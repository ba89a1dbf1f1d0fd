import type { OrganizationTransaction } from "@vitrine/db/database";
import { assetTags } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";

/** Makes these the tags of an asset, in place of those it had. */
export async function writeTags(
  tx: OrganizationTransaction,
  assetId: string,
  tags: readonly string[],
): Promise<void> {
  const { organizationId } = tx.scope;
  await tx
    .delete(assetTags)
    .where(and(eq(assetTags.organizationId, organizationId), eq(assetTags.assetId, assetId)));
  if (tags.length === 0) return;
  await tx.insert(assetTags).values(tags.map((tag) => ({ organizationId, assetId, tag })));
}
