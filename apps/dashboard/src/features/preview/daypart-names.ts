import type { Manifest } from "@vitrine/core/model/manifest";

/** Finds the names of the dayparts that an item of a playlist waits for. */
export function daypartNames(manifest: Manifest): (playlistId: string, itemId: string) => string[] {
  const names = new Map(manifest.dayparts.map(({ id, name }) => [id, name]));
  return (playlistId, itemId) => {
    const playlist = manifest.playlists.find(({ id }) => id === playlistId);
    const item = playlist?.items.find(({ id, assetId, playlistId: inner }) =>
      [id, assetId, inner].includes(itemId),
    );
    return (item?.daypartIds ?? []).flatMap((id) => names.get(id) ?? []);
  };
}
