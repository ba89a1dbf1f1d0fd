import { appError } from "@vitrine/core/model/errors";
import type { OrganizationView } from "@vitrine/core/model/organization";
import type { Database } from "@vitrine/db/database";
import { assets, blobs, organizations } from "@vitrine/db/schema";
import { type OrganizationScope, wholeOf } from "@vitrine/db/scope";
import { and, eq, sql } from "drizzle-orm";
import { isPlayableAsset } from "../../manifest/playable.ts";

/** Address of a file for the one who asks. */
type FileUrl = (file: { sha256: string; mediaType: string }) => string;

/** The organization of the scope. Its logo is for everybody; what is stored is what the one who asks sees. */
export async function getOrganization(
  database: Database,
  scope: OrganizationScope,
  fileUrl: FileUrl,
): Promise<OrganizationView> {
  const { organizationId } = scope;
  const ofOrganization = database.batch(wholeOf(scope), (q) => [
    q
      .select({
        row: organizations,
        slug: sql<string>`app.find_slug()`,
        logoSha256: blobs.sha256,
        logoType: blobs.mediaType,
      })
      .from(organizations)
      .leftJoin(
        assets,
        and(
          eq(assets.organizationId, organizationId),
          eq(assets.id, organizations.brandLogoAssetId),
          isPlayableAsset,
        ),
      )
      .leftJoin(blobs, and(eq(blobs.organizationId, organizationId), eq(blobs.sha256, assets.blobSha256)))
      .where(eq(organizations.organizationId, organizationId)),
  ]);
  const ofCaller = database.batch(scope, (q) => [
    q
      .select({ storageBytes: sql<number>`coalesce(sum(${blobs.sizeBytes}), 0)::float8` })
      .from(blobs)
      .where(eq(blobs.organizationId, organizationId)),
  ]);
  const [[rows], [sizes]] = await Promise.all([ofOrganization, ofCaller]);
  const [found] = rows;
  if (!found) throw appError("NOT_FOUND");
  const { row, slug, logoSha256, logoType } = found;
  const url =
    logoSha256 === null || logoType === null ? null : fileUrl({ sha256: logoSha256, mediaType: logoType });
  return {
    id: organizationId,
    name: row.name,
    slug,
    timeZone: row.timeZone,
    defaultDurationMs: row.defaultDurationMs,
    defaultPlaylistId: row.defaultPlaylistId,
    graceMs: row.graceMs,
    brandColor: row.brandColor,
    brandLogo: row.brandLogoAssetId === null ? null : { assetId: row.brandLogoAssetId, url },
    isSecondFactorRequired: row.isSecondFactorRequired,
    allowedEmailDomains: row.allowedEmailDomains,
    sessionIdleMinutes: row.sessionIdleMinutes,
    sessionHours: row.sessionHours,
    isSignInBranded: row.isSignInBranded,
    mutedNotifications: row.mutedNotifications,
    storageBytes: sizes[0]?.storageBytes ?? 0,
    createdAt: row.createdAt.toISOString(),
  };
}
