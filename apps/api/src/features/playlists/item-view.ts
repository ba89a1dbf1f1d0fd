import type { PlaylistItemView } from "@vitrine/core/model/playlist";

/** One line of a playlist as it is read. */
export type ItemRow = Pick<
  PlaylistItemView,
  "id" | "assetId" | "playlistId" | "durationMs" | "isEnabled" | "take" | "weight" | "daypartIds"
>;

/** What a line shows of its asset; `durationMs` is how long one showing lasts unless the line says otherwise. */
export type ShownAsset = Omit<NonNullable<PlaylistItemView["asset"]>, "thumbnailUrl" | "fileUrl"> & {
  durationMs: number;
  blobSha256: string | null;
  thumbnailSha256: string | null;
};

/** What a line shows of a playlist within; `durationMs` is one pass of it. */
export type ShownPlaylist = NonNullable<PlaylistItemView["playlist"]> & { durationMs: number };

/** A line as people see it; `urls` gives addresses of files by their SHA-256. */
export function toPlaylistItemView(
  item: ItemRow,
  { asset, playlist }: { asset: ShownAsset | undefined; playlist: ShownPlaylist | undefined },
  urls: ReadonlyMap<string, string>,
): PlaylistItemView {
  return {
    ...item,
    effectiveDurationMs: item.durationMs ?? asset?.durationMs ?? playlist?.durationMs ?? 0,
    playlist: playlist
      ? { name: playlist.name, itemCount: playlist.itemCount, isActive: playlist.isActive }
      : null,
    asset: asset ? toShown(asset, urls) : null,
  };
}

function toShown(asset: ShownAsset, urls: ReadonlyMap<string, string>): PlaylistItemView["asset"] {
  const urlOf = (sha256: string | null) => (sha256 === null ? null : (urls.get(sha256) ?? null));
  return {
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
  };
}
