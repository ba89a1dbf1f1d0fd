import type { AssetView } from "@vitrine/core/model/asset";
import { assets, assetTags } from "@vitrine/db/schema";
import { sql } from "drizzle-orm";

/** Address of a file for the one who asks. */
export type FileUrl = (file: { sha256: string; mediaType: string }) => string;

/** Every thumbnail is of this type. */
const THUMBNAIL_TYPE = "image/webp";

/** Columns of one asset as people see it; its tags come with it, by index. */
export const assetColumns = {
  row: assets,
  tags: sql<string[]>`coalesce((
    select json_agg(${assetTags.tag} order by ${assetTags.tag}) from ${assetTags}
    where ${assetTags.organizationId} = ${assets.organizationId} and ${assetTags.assetId} = ${assets.id}), '[]')`,
};

export type AssetRow = { row: typeof assets.$inferSelect; tags: string[] };

/** An asset as people see it; `createdByName` is known where one asset is asked for, null in lists. */
export function toAssetView(
  { row, tags }: AssetRow,
  fileUrl: FileUrl,
  createdByName: string | null = null,
): AssetView {
  const { thumbnailSha256, blobSha256, mediaType } = row;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    tags,
    state: row.state,
    fault: row.fault,
    isEnabled: row.isEnabled,
    isActive: row.isActive,
    width: row.width,
    height: row.height,
    durationMs: row.durationMs,
    mediaType,
    codec: row.codec,
    sizeBytes: blobSha256 === null ? null : row.sizeBytes,
    sha256: blobSha256,
    url: row.url,
    reloadSeconds: row.reloadSeconds,
    thumbnailUrl:
      thumbnailSha256 === null ? null : fileUrl({ sha256: thumbnailSha256, mediaType: THUMBNAIL_TYPE }),
    fileUrl: blobSha256 === null || mediaType === null ? null : fileUrl({ sha256: blobSha256, mediaType }),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    createdByName,
  };
}
