import type { AssetKind } from "@vitrine/core/model/asset";
import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import type { FileUrl } from "./summary.ts";

/** One line of a playlist as it is read, with what it shows of its asset. */
export type ItemRow = {
  id: string;
  assetId: string;
  durationMs: number | null;
  isEnabled: boolean;
  effectiveDurationMs: number;
  assetName: string;
  assetKind: AssetKind;
  assetState: PlaylistItemView["asset"]["state"];
  isAssetEnabled: boolean;
  isAssetActive: boolean;
  width: number | null;
  height: number | null;
  url: string | null;
  fileSha256: string | null;
  fileMediaType: string | null;
  thumbnailSha256: string | null;
  thumbnailMediaType: string | null;
};

/** A line as people see it. */
export function toPlaylistItemView(row: ItemRow, fileUrl: FileUrl): PlaylistItemView {
  return {
    id: row.id,
    assetId: row.assetId,
    durationMs: row.durationMs,
    isEnabled: row.isEnabled,
    effectiveDurationMs: row.effectiveDurationMs,
    asset: {
      name: row.assetName,
      kind: row.assetKind,
      state: row.assetState,
      isEnabled: row.isAssetEnabled,
      isActive: row.isAssetActive,
      width: row.width,
      height: row.height,
      thumbnailUrl: urlOf(row.thumbnailSha256, row.thumbnailMediaType),
      fileUrl: urlOf(row.fileSha256, row.fileMediaType),
      url: row.url,
    },
  };

  function urlOf(sha256: string | null, mediaType: string | null): string | null {
    return sha256 === null || mediaType === null ? null : fileUrl({ sha256, mediaType });
  }
}
