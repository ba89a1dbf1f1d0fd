import { manifestAsset, manifestFile, manifestItem, manifestPlaylist } from "@vitrine/core/model/manifest";
import * as z from "zod";

/** What the database has of an item and an asset: a manifest says nothing of what is as the schema takes it to be. */
const storedItem = z
  .object(manifestItem.shape)
  .pick({ id: true, durationMs: true })
  .extend({ assetId: z.uuid() });
const storedPlaylist = manifestPlaylist.pick({ id: true, name: true }).extend({ items: z.array(storedItem) });
const storedAsset = manifestAsset.omit({ file: true, availableFrom: true, availableUntil: true });

/** What the database gives of the chosen playlists: enabled items, playable assets, and their files. */
export const storedContent = z.object({
  playlists: z.array(storedPlaylist),
  assets: z.array(storedAsset.extend({ blobSha256: z.string().nullable() })),
  files: z.array(manifestFile),
  assetIds: z.array(z.uuid()),
});

/** What the chosen playlists hold that plays: present playlists and their assets, each by id. */
export type ManifestContent = {
  playlists: z.input<typeof manifestPlaylist>[];
  assets: z.input<typeof manifestAsset>[];
  /** Every asset that an item names, playable or not: a change of it may change the manifest. */
  assetIds: readonly string[];
};

/** Brings together what plays: no item without its asset, no asset without an item, no image or video without its file. */
export function toContent(stored: z.infer<typeof storedContent>): ManifestContent {
  const files = new Map(stored.files.map((file) => [file.sha256, file]));
  const playable = new Map<string, z.input<typeof manifestAsset>>();
  for (const { blobSha256, ...asset } of stored.assets) {
    const file = blobSha256 === null || asset.kind === "web" ? null : (files.get(blobSha256) ?? null);
    if (asset.kind === "web" || file) playable.set(asset.id, { ...asset, file });
  }
  const playlists = stored.playlists.map((playlist) => ({
    ...playlist,
    items: playlist.items.filter((item) => playable.has(item.assetId)),
  }));
  const shown = new Set(playlists.flatMap(({ items }) => items.map((item) => item.assetId)));
  return {
    playlists: playlists.sort(byId),
    assets: [...playable.values()].filter(({ id }) => shown.has(id)).sort(byId),
    assetIds: stored.assetIds,
  };
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
}
