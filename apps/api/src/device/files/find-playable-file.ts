import { appError } from "@vitrine/core/model/errors";
import { defineBatch } from "@vitrine/db/batch";
import { assets, blobs } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, eq, sql } from "drizzle-orm";
import type { Services } from "../../services.ts";

/**
 * A file that screens of this organization may fetch: the content of one of its present assets. Not only what the
 * screen's newest manifest names, since a screen also mends files of the manifest that is still on its glass; what
 * else the organization has cannot be asked for without its hash, which is in no manifest of that screen. NOT_FOUND.
 */
export async function findPlayableFile(
  { database }: Pick<Services, "database">,
  scope: OrganizationScope,
  sha256: string,
): Promise<{ sha256: string; mediaType: string }> {
  const [rows] = await database.run(scope, fileBatch, { sha256 });
  const file = rows[0];
  if (!file) throw appError("NOT_FOUND");
  return file;
}

const fileBatch = defineBatch<{ sha256: string }>()((q) => [
  q
    .select({ sha256: blobs.sha256, mediaType: blobs.mediaType })
    .from(assets)
    .innerJoin(
      blobs,
      and(eq(blobs.organizationId, assets.organizationId), eq(blobs.sha256, assets.blobSha256)),
    )
    .where(
      and(
        eq(assets.organizationId, sql.placeholder("organizationId")),
        eq(assets.blobSha256, sql.placeholder("sha256")),
        eq(assets.isActive, true),
      ),
    )
    .limit(1),
]);
