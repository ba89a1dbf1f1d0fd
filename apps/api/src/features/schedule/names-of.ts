import type { Manifest } from "@vitrine/core/model/manifest";

type Named = { id: string; name: string };

/** Names of what a manifest holds, by id; an item has that of its content. What is not in it has an empty name. */
export type NameOf = Record<"asset" | "playlist" | "layout" | "entry" | "item", (id: string) => Named>;

export function namesOf(manifest: Manifest): NameOf {
  const finder = (list: readonly Named[]) => {
    const names = new Map(list.map(({ id, name }) => [id, name]));
    return (id: string) => ({ id, name: names.get(id) ?? "" });
  };
  const asset = finder(manifest.assets);
  const playlist = finder(manifest.playlists);
  const items = new Map(manifest.playlists.flatMap(({ items: list }) => list.map((item) => [item.id, item])));
  return {
    asset,
    playlist,
    layout: finder(manifest.layouts),
    entry: finder(manifest.entries),
    item(id) {
      const { assetId, playlistId } = items.get(id) ?? { assetId: null, playlistId: null };
      const name = assetId === null ? playlist(playlistId ?? "").name : asset(assetId).name;
      return { id, name };
    },
  };
}
