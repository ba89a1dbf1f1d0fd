import { manifest } from "@vitrine/core/model/manifest";
import type { PlaylistView } from "@vitrine/core/model/playlist";
import { idOf, minutesAgo } from "./things.ts";

/** What a screen of this name would play of a playlist; films stand as pictures, so that nothing has to be decoded. */
export function previewOf(of: PlaylistView, deviceName: string) {
  const playing = of.items.flatMap((one) =>
    one.isEnabled && one.asset?.state === "ready" && one.assetId !== null
      ? [{ ...one, asset: one.asset, assetId: one.assetId }]
      : [],
  );
  return {
    manifest: manifest.parse({
      version: 1,
      organizationId: idOf(1, 1),
      organizationName: "Northlight Cafés",
      deviceId: idOf(3, 0),
      deviceName,
      revision: 1,
      validUntil: minutesAgo(-60 * 24),
      timeZone: "Europe/Berlin",
      rotation: 0,
      playlistId: of.id,
      defaultPlaylistId: null,
      playlists: [
        {
          id: of.id,
          name: of.name,
          items: playing.map(({ id, assetId, durationMs }) => ({ id, assetId, durationMs })),
        },
      ],
      assets: playing.map((one) => ({
        id: one.assetId,
        name: one.asset.name,
        kind: one.asset.kind === "web" ? "web" : "image",
        durationMs: one.effectiveDurationMs,
        width: one.asset.width,
        height: one.asset.height,
        file: null,
        url: one.asset.url,
        reloadSeconds: 0,
      })),
    }),
    mediaUrls: Object.fromEntries(playing.map((one) => [one.assetId, one.asset.fileUrl ?? ""])),
  };
}
