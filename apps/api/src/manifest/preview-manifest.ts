import { appError } from "@vitrine/core/model/errors";
import { type Manifest, type ManifestPreview, manifest } from "@vitrine/core/model/manifest";
import type { Database } from "@vitrine/db/database";
import { type OrganizationScope, wholeOf } from "@vitrine/db/scope";
import type { Clock } from "../platform/clock.ts";
import { encodeContent, encodeManifest, textOf } from "./encode-manifest.ts";
import {
  findManifestHead,
  findManifestSource,
  findPlaylistSource,
  type ManifestSource,
} from "./read-manifest.ts";
import { withoutNamesUnseen } from "./unseen-names.ts";

/** What previews need; `fileUrl` gives the address of a file for the one who asks. */
export type Previewer = {
  database: Database;
  scope: OrganizationScope;
  clock: Clock;
  fileUrl(file: { sha256: string; mediaType: string }): string;
};

/** Stands for the screen in the preview of a playlist. */
const NO_DEVICE = "00000000-0000-0000-0000-000000000000";

/** What a screen that plays this playlist and nothing else would be given; removed playlists included. NOT_FOUND. */
export async function previewPlaylist(previewer: Previewer, playlistId: string): Promise<ManifestPreview> {
  const source = await findPlaylistSource(previewer.database, previewer.scope, playlistId);
  return toPreview(previewer, NO_DEVICE, source);
}

/** What a screen is given now, as it is on its glass for everybody. NOT_FOUND. */
export async function previewDevice(previewer: Previewer, deviceId: string): Promise<ManifestPreview> {
  return toPreview(previewer, deviceId, await findShownSource(previewer, deviceId));
}

/** The same without addresses of files. NOT_FOUND. */
export async function readManifest(
  reader: Pick<Previewer, "database" | "scope" | "clock">,
  deviceId: string,
): Promise<Manifest> {
  return toManifest(reader.scope, reader.clock, deviceId, await findShownSource(reader, deviceId));
}

/**
 * What a screen that the caller sees is given, whatever businesses that is of: it is on the glass. What is of others has
 * no name for who is limited to theirs.
 */
async function findShownSource(
  { database, scope, clock }: Pick<Previewer, "database" | "scope" | "clock">,
  deviceId: string,
): Promise<ManifestSource | undefined> {
  if (scope.businessIds === null) return findManifestSource(database, scope, deviceId, clock.nowMs());
  const seen = await findManifestHead(database, scope, deviceId, clock.nowMs());
  const source = seen && (await findManifestSource(database, wholeOf(scope), deviceId, clock.nowMs()));
  return source && { ...source, content: await withoutNamesUnseen(database, scope, source.content) };
}

function toManifest(
  { organizationId }: OrganizationScope,
  clock: Clock,
  deviceId: string,
  source: ManifestSource | undefined,
): Manifest {
  if (!source) throw appError("NOT_FOUND");
  const ids = { organizationId, deviceId };
  return manifest.parse(
    JSON.parse(textOf(encodeManifest(ids, source.head, encodeContent(source.content), clock.nowMs()))),
  );
}

function toPreview(
  { scope, clock, fileUrl }: Previewer,
  deviceId: string,
  source: ManifestSource | undefined,
): ManifestPreview {
  const built = toManifest(scope, clock, deviceId, source);
  const mediaUrls = built.assets.flatMap(({ id, file }) => (file ? [[id, fileUrl(file)] as const] : []));
  const logo = built.brand?.logo ?? null;
  return { manifest: built, mediaUrls: Object.fromEntries(mediaUrls), logoUrl: logo && fileUrl(logo) };
}
