import type { DeviceView, SyncProgress } from "@vitrine/core/model/device";
import type { BatchHandle } from "@vitrine/db/database";
import {
  assets,
  blobs,
  deviceCredentials,
  deviceGroups,
  deviceStatus,
  devices,
  deviceTags,
  groupDevices,
  organizations,
  playlists,
} from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { deriveStatus } from "./status.ts";

/** Address of a file for the one who asks. */
export type FileUrl = (file: { sha256: string; mediaType: string }) => string;

const ownPlaylist = alias(playlists, "own_playlist");
const defaultPlaylist = alias(playlists, "default_playlist");
const shownAsset = alias(assets, "shown_asset");
const shownThumbnail = alias(blobs, "shown_thumbnail");

/**
 * Screens of the organization with all that people see of them, one row each: the latest word is a row of its own,
 * joined by key, so that a page costs the same whatever is asked. Add `where`, `orderBy` and `limit`.
 */
export function selectDevices(q: BatchHandle, { organizationId }: OrganizationScope) {
  return q
    .select(columns)
    .from(devices)
    .innerJoin(organizations, eq(organizations.organizationId, devices.organizationId))
    .leftJoin(deviceStatus, statusOfDevice(organizationId))
    .leftJoin(
      ownPlaylist,
      and(eq(ownPlaylist.organizationId, organizationId), eq(ownPlaylist.id, devices.playlistId)),
    )
    .leftJoin(
      defaultPlaylist,
      and(
        eq(defaultPlaylist.organizationId, organizationId),
        eq(defaultPlaylist.id, organizations.defaultPlaylistId),
      ),
    )
    .leftJoin(
      shownAsset,
      and(eq(shownAsset.organizationId, organizationId), eq(shownAsset.id, deviceStatus.shownAssetId)),
    )
    .leftJoin(
      shownThumbnail,
      and(
        eq(shownThumbnail.organizationId, organizationId),
        eq(shownThumbnail.sha256, shownAsset.thumbnailSha256),
      ),
    )
    .$dynamic();
}

/** Joins a screen with its latest word. */
export function statusOfDevice(organizationId: string) {
  return and(eq(deviceStatus.organizationId, organizationId), eq(deviceStatus.deviceId, devices.id));
}

/** When a key that still counts was seen in two places. */
export const selectCopiedAt = sql<Date | null>`(
    select max(${deviceCredentials.copiedAt}) from ${deviceCredentials}
    where ${deviceCredentials.organizationId} = ${devices.organizationId}
      and ${deviceCredentials.deviceId} = ${devices.id} and ${deviceCredentials.revokedAt} is null)`.mapWith(
  deviceCredentials.copiedAt,
);

const columns = {
  id: devices.id,
  businessId: devices.businessId,
  name: devices.name,
  timeZone: devices.timeZone,
  rotation: devices.rotation,
  volumePercent: devices.volumePercent,
  privateHosts: devices.privateHosts,
  isActive: devices.isActive,
  pairedAt: devices.pairedAt,
  createdAt: devices.createdAt,
  contentRevision: organizations.contentRevision,
  ownPlaylistId: devices.playlistId,
  ownPlaylistName: ownPlaylist.name,
  isOwnPlaylistPresent: ownPlaylist.isActive,
  defaultPlaylistId: organizations.defaultPlaylistId,
  defaultPlaylistName: defaultPlaylist.name,
  isDefaultPlaylistPresent: defaultPlaylist.isActive,
  tags: sql<string[]>`(
    select coalesce(json_agg(${deviceTags.tag} order by ${deviceTags.tag}), '[]') from ${deviceTags}
    where ${deviceTags.organizationId} = ${devices.organizationId} and ${deviceTags.deviceId} = ${devices.id})`,
  groups: sql<{ id: string; name: string }[]>`(
    select coalesce(json_agg(json_build_object('id', ${deviceGroups.id}, 'name', ${deviceGroups.name})
      order by ${deviceGroups.name}, ${deviceGroups.id}), '[]')
    from ${groupDevices} join ${deviceGroups} on ${deviceGroups.organizationId} = ${groupDevices.organizationId}
      and ${deviceGroups.id} = ${groupDevices.groupId} and ${deviceGroups.isActive}
    where ${groupDevices.organizationId} = ${devices.organizationId} and ${groupDevices.deviceId} = ${devices.id})`,
  lastHeardAt: deviceStatus.lastHeardAt,
  isStopping: deviceStatus.isStopping,
  condition: deviceStatus.condition,
  playerState: deviceStatus.playerState,
  isUpToDate: deviceStatus.isUpToDate,
  isRecovering: deviceStatus.isRecovering,
  checkedRevision: deviceStatus.checkedRevision,
  shownAssetId: deviceStatus.shownAssetId,
  shownItemId: deviceStatus.shownItemId,
  shownEntryId: deviceStatus.shownEntryId,
  shownSince: deviceStatus.shownSince,
  shownAssetName: shownAsset.name,
  shownThumbnailSha256: shownThumbnail.sha256,
  shownThumbnailType: shownThumbnail.mediaType,
  hardware: deviceStatus.hardware,
  vitals: deviceStatus.vitals,
  sync: deviceStatus.sync,
  display: deviceStatus.display,
  update: deviceStatus.update,
  identityCopiedAt: selectCopiedAt,
  faults: deviceStatus.faults,
  screenshotSha256: deviceStatus.screenshotSha256,
  screenshotAt: deviceStatus.screenshotAt,
};

export type DeviceRow = Awaited<ReturnType<typeof selectDevices>>[number];

export type ViewContext = {
  nowMs: number;
  fileUrl: FileUrl;
  /** Whether a screen that is heard is known to be behind what the database says of it. */
  isBehind(deviceId: string): boolean;
  /** The content revision up to which all changes are known here. */
  seenRevision: number;
};

/** A screen as people see it. What cannot be known of a silent one is not claimed: it is not up to date once anything changed. */
export function toDeviceView(row: DeviceRow, context: ViewContext): DeviceView {
  const { nowMs, fileUrl } = context;
  const { status, offlineReason } = deriveStatus(
    {
      isActive: row.isActive,
      lastHeardAtMs: row.lastHeardAt?.getTime() ?? null,
      isStopping: row.isStopping ?? false,
      condition: row.condition,
    },
    nowMs,
  );
  const playlist = toPlaylist(row.ownPlaylistId, row.ownPlaylistName, row.isOwnPlaylistPresent);
  return {
    id: row.id,
    businessId: row.businessId,
    name: row.name,
    timeZone: row.timeZone,
    rotation: row.rotation,
    volumePercent: row.volumePercent,
    privateHosts: row.privateHosts,
    playlist,
    effectivePlaylist:
      playlist ?? toPlaylist(row.defaultPlaylistId, row.defaultPlaylistName, row.isDefaultPlaylistPresent),
    tags: row.tags,
    groups: row.groups,
    status,
    offlineReason,
    lastHeardAt: row.lastHeardAt?.toISOString() ?? null,
    playerState: row.playerState,
    onGlass: row.shownSince && {
      assetId: row.shownAssetId,
      itemId: row.shownItemId,
      entryId: row.shownEntryId,
      shownSince: row.shownSince.toISOString(),
      assetName: row.shownAssetName,
      thumbnailUrl: urlOf(row.shownThumbnailSha256, row.shownThumbnailType, fileUrl),
    },
    isUpToDate: isUpToDate(row, offlineReason === null, context),
    isRecovering: offlineReason === null && row.isRecovering === true,
    sync: toSync(row.sync),
    display: row.display,
    update: row.update,
    identityCopiedAt: row.identityCopiedAt?.toISOString() ?? null,
    faults: row.faults ?? [],
    hardware: row.hardware,
    vitals: row.vitals,
    screenshot: toScreenshot(row, fileUrl),
    pairedAt: row.pairedAt.toISOString(),
    isActive: row.isActive,
  };
}

/** As of its last beat; what has changed since counts where it is known to concern this screen, else all of it does. */
function isUpToDate(row: DeviceRow, isHeard: boolean, { isBehind, seenRevision }: ViewContext): boolean {
  if (!row.isUpToDate || row.checkedRevision === null) return false;
  if (row.checkedRevision === row.contentRevision) return !isBehind(row.id);
  return isHeard && row.contentRevision <= seenRevision && !isBehind(row.id);
}

/** Missing files are named by a query of their own. */
function toSync(sync: SyncProgress | null): DeviceView["sync"] {
  if (sync === null) return null;
  const { filesReady, filesTotal, bytesReady, bytesTotal } = sync;
  return { filesReady, filesTotal, bytesReady, bytesTotal };
}

/** A playlist that was not removed; without a name where the caller does not see it, nor whether it was. */
function toPlaylist(
  id: string | null,
  name: string | null,
  isPresent: boolean | null,
): { id: string; name: string } | null {
  return id === null || isPresent === false ? null : { id, name: name ?? "" };
}

function urlOf(sha256: string | null, mediaType: string | null, fileUrl: FileUrl): string | null {
  return sha256 === null || mediaType === null ? null : fileUrl({ sha256, mediaType });
}

function toScreenshot(
  { screenshotSha256, screenshotAt }: DeviceRow,
  fileUrl: FileUrl,
): DeviceView["screenshot"] {
  if (screenshotSha256 === null || screenshotAt === null) return null;
  return {
    url: fileUrl({ sha256: screenshotSha256, mediaType: "image/jpeg" }),
    takenAt: screenshotAt.toISOString(),
  };
}
