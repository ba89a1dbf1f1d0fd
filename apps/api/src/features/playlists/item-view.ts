import type { PlaylistItemView } from "@vitrine/core/model/playlist";

/** One line of a playlist as it is read. */
export type ItemRow = Pick<PlaylistItemView, "id" | "assetId" | "durationMs" | "isEnabled">;

/** What a line shows of its asset; `durationMs` is how long one showing lasts unless the line says otherwise. */
export type ShownAsset = Omit<PlaylistItemView["asset"], "thumbnailUrl" | "fileUrl"> & {
  durationMs: number;
  blobSha256: string | null;
  thumbnailSha256: string | null;
};

/** A line as people see it; `urls` gives addresses of files by their SHA-256. */
export function toPlaylistItemView(
  item: ItemRow,
  asset: ShownAsset,
  urls: ReadonlyMap<string, string>,
): PlaylistItemView {
  const urlOf = (sha256: string | null) => (sha256 === null ? null : (urls.get(sha256) ?? null));
  return {
    id: item.id,
    assetId: item.assetId,
    durationMs: item.durationMs,
    isEnabled: item.isEnabled,
    effectiveDurationMs: item.durationMs ?? asset.durationMs,
    asset: {
      name: asset.name,
      kind: asset.kind,
      state: asset.state,
      isEnabled: asset.isEnabled,
      isActive: asset.isActive,
      width: asset.width,
      height: asset.height,
      thumbnailUrl: urlOf(asset.thumbnailSha256),
      fileUrl: urlOf(asset.blobSha256),
      url: asset.url,
    },
  };
}
