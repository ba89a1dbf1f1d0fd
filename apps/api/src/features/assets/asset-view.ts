import type { AssetFault, AssetKind, AssetView, Fit } from "@vitrine/core/model/asset";
import { assetFault } from "@vitrine/core/model/asset";
import { assets, assetTags } from "@vitrine/db/schema";
import { sql } from "drizzle-orm";

/** One asset as it is read. */
export type AssetRow = {
  id: string;
  businessId: string | null;
  kind: AssetKind;
  name: string;
  description: string;
  state: AssetView["state"];
  fault: AssetFault | null;
  isEnabled: boolean;
  isActive: boolean;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  mediaType: string | null;
  codec: string | null;
  sizeBytes: number;
  blobSha256: string | null;
  thumbnailSha256: string | null;
  url: string | null;
  reloadSeconds: number | null;
  fit: Fit;
  loudness: number;
  availableFrom: Date | null;
  availableUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
  createdBy: string | null;
};

export const assetColumns = {
  id: assets.id,
  businessId: assets.businessId,
  kind: assets.kind,
  name: assets.name,
  description: assets.description,
  state: assets.state,
  fault: assets.fault,
  isEnabled: assets.isEnabled,
  isActive: assets.isActive,
  width: assets.width,
  height: assets.height,
  durationMs: assets.durationMs,
  mediaType: assets.mediaType,
  codec: assets.codec,
  sizeBytes: assets.sizeBytes,
  blobSha256: assets.blobSha256,
  thumbnailSha256: assets.thumbnailSha256,
  url: assets.url,
  reloadSeconds: assets.reloadSeconds,
  fit: assets.fit,
  loudness: assets.loudness,
  availableFrom: assets.availableFrom,
  availableUntil: assets.availableUntil,
  createdAt: assets.createdAt,
  updatedAt: assets.updatedAt,
  createdBy: assets.createdBy,
};

/** The tags of the asset whose id is given, in order, as one value of a row. */
export function tagsOf(assetId: unknown) {
  return sql<
    string[]
  >`(select coalesce(json_agg(${assetTags.tag} order by ${assetTags.tag}), '[]') from ${assetTags}
    where ${assetTags.organizationId} = ${sql.placeholder("organizationId")} and ${assetTags.assetId} = ${assetId})`;
}

/** Where the one who asks reaches a file. */
export type FileUrl = (file: { sha256: string; mediaType: string }) => string;

/** All thumbnails are of this type. */
export const THUMBNAIL_TYPE = "image/webp";

/** An asset as people see it. */
export function toAssetView(
  row: AssetRow & { tags: string[]; createdByName: string | null },
  fileUrl: FileUrl,
): AssetView {
  const { blobSha256, thumbnailSha256, mediaType, createdBy: _, ...shown } = row;
  const hasFile = blobSha256 !== null && mediaType !== null;
  return {
    ...shown,
    fault: row.fault === null ? null : assetFault.parse(row.fault),
    mediaType,
    sizeBytes: hasFile ? row.sizeBytes : null,
    sha256: blobSha256,
    thumbnailUrl:
      thumbnailSha256 === null ? null : fileUrl({ sha256: thumbnailSha256, mediaType: THUMBNAIL_TYPE }),
    fileUrl: hasFile ? fileUrl({ sha256: blobSha256, mediaType }) : null,
    availableFrom: row.availableFrom?.toISOString() ?? null,
    availableUntil: row.availableUntil?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
