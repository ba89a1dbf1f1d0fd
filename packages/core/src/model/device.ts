import * as z from "zod";
import { businessId, ofBusiness } from "./business.ts";
import { displayReport, MISSING_FILES, missingFile, updateReport } from "./device-health.ts";
import { id, instant, timeZone } from "./ids.ts";
import { displayName, page, pageInput, searchText } from "./paging.ts";

export const ROTATIONS = [0, 90, 180, 270] as const;
/** Clockwise turn of the picture in degrees. */
export const rotation = z.literal(ROTATIONS);

/** The life of a screen (kiosk.md): offline and recovering are conditions of playing, not states. */
export const PLAYER_STATES = ["unpaired", "pairing", "syncing", "playing"] as const;
export const playerState = z.enum(PLAYER_STATES);

/**
 * What the server can honestly say of a screen: `playing` only when the screen's own stage confirmed a
 * picture lately; `idle` heard but nothing to play; `syncing` heard, still fetching; `never` not yet heard.
 */
export const DEVICE_STATUSES = [
  "playing",
  "syncing",
  "idle",
  "trouble",
  "offline",
  "never",
  "revoked",
] as const;
export const deviceStatus = z.enum(DEVICE_STATUSES);
export type DeviceStatus = z.infer<typeof deviceStatus>;

/** What a screen that is heard is doing, judged at each of its beats. */
export const DEVICE_CONDITIONS = ["playing", "syncing", "idle", "trouble"] as const;
export type DeviceCondition = (typeof DEVICE_CONDITIONS)[number];

/** Why nothing is heard of a screen. */
export const OFFLINE_REASONS = [
  "never_connected",
  "stopped_on_purpose",
  "connection_lost",
  "revoked",
] as const;
export const offlineReason = z.enum(OFFLINE_REASONS);

/** What is on the glass, as the stage itself confirmed it. */
export const onGlass = z.strictObject({
  assetId: id.nullable(),
  itemId: id.nullable(),
  /** The entry of the schedule that put it there; null: the screen's own playlist or the default. */
  entryId: id.nullable().default(null),
  shownSince: instant,
});
export type OnGlass = z.infer<typeof onGlass>;

export const deviceHardware = z.strictObject({
  model: z.string().max(200),
  os: z.string().max(200),
  appVersion: z.string().max(50),
  shell: z.enum(["electron", "chromium", "none"]),
  displayWidth: z.int().min(0).max(32_768),
  displayHeight: z.int().min(0).max(32_768),
});
export type DeviceHardware = z.infer<typeof deviceHardware>;

/** Progress of the files that the newest manifest needs. */
export const syncProgress = z.strictObject({
  filesReady: z.int().min(0),
  filesTotal: z.int().min(0),
  bytesReady: z.number().min(0),
  bytesTotal: z.number().min(0),
  missing: z.array(missingFile).max(MISSING_FILES).default([]),
});
export type SyncProgress = z.infer<typeof syncProgress>;

/** Latest figures of the machine; null where the platform does not tell. */
export const deviceVitals = z.strictObject({
  uptimeSeconds: z.number().min(0),
  memoryUsedBytes: z.number().min(0).nullable(),
  diskFreeBytes: z.number().min(0).nullable(),
  cpuLoad: z.number().min(0).nullable(),
  temperatureCelsius: z.number().nullable(),
  clockOffsetMs: z.number().nullable(),
  /** The server's time is within this much of what the screen takes it to be. */
  clockErrorMs: z.number().min(0).nullable().default(null),
  stageRestarts: z.int().min(0),
  memoryTotalBytes: z.number().min(0).nullable().default(null),
  diskTotalBytes: z.number().min(0).nullable().default(null),
  /** What content takes of the disk, and the most that it may. */
  cacheBytes: z.number().min(0).nullable().default(null),
  cacheLimitBytes: z.number().min(0).nullable().default(null),
  /** Resident memory of the engine's process, and of stage and shell together. */
  engineBytes: z.number().min(0).nullable().default(null),
  stageBytes: z.number().min(0).nullable().default(null),
  /** Plays that wait to be sent. */
  playsWaiting: z.int().min(0).nullable().default(null),
  /** Frames that were not painted in time since the player started. */
  framesDropped: z.int().min(0).nullable().default(null),
  network: z
    .strictObject({ kind: z.enum(["wired", "wireless", "other"]), address: z.string().max(60) })
    .nullable()
    .default(null),
});
export type DeviceVitals = z.infer<typeof deviceVitals>;

/** Loudness of a screen in percent; 0 is muted. */
export const volumePercent = z.int().min(0, "At least 0").max(100, "At most 100");
/**
 * A host of the private network that web content may reach from a screen: a name (`menu.local`), an address, or
 * a range of addresses (`192.168.4.0/24`). All else that is private is refused.
 */
export const privateHost = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9]([a-z0-9.:-]{0,252}[a-z0-9])?(\/\d{1,3})?$/,
    "Enter a name, an address or a range of addresses",
  );

const named = z.strictObject({ id, name: z.string() });
export const deviceView = z.strictObject({
  id,
  /** Null: the organization as a whole. */
  businessId: id.nullable(),
  name: z.string(),
  timeZone: z.string(),
  rotation,
  /** Null: as loud as the player itself was set up. */
  volumePercent: volumePercent.nullable(),
  privateHosts: z.array(privateHost),
  playlist: named.nullable(),
  /** The playlist that plays in the end: its own, else the organization's default. Its name is empty for who does not see it. */
  effectivePlaylist: named.nullable(),
  tags: z.array(z.string()),
  /** Present groups that it is in, by name. */
  groups: z.array(named),
  status: deviceStatus,
  offlineReason: offlineReason.nullable(),
  lastHeardAt: instant.nullable(),
  playerState: playerState.nullable(),
  onGlass: onGlass
    .extend({ assetName: z.string().nullable(), thumbnailUrl: z.string().nullable() })
    .nullable(),
  /** Whether the screen has the newest manifest active. */
  isUpToDate: z.boolean(),
  /** Its picture is being brought back, as its last beat said; false of a screen that is not heard. */
  isRecovering: z.boolean(),
  /** Without its missing files, which `devices.files` names. */
  sync: syncProgress.omit({ missing: true }).nullable(),
  display: displayReport.nullable(),
  update: updateReport.nullable(),
  /** When its identity was seen to be used from two places; null: never since it was paired. */
  identityCopiedAt: instant.nullable(),
  /** Faults that the screen reports about itself, newest first. */
  faults: z.array(z.strictObject({ kind: z.string(), text: z.string() })),
  hardware: deviceHardware.nullable(),
  vitals: deviceVitals.nullable(),
  screenshot: z.strictObject({ url: z.string(), takenAt: instant }).nullable(),
  pairedAt: instant,
  isActive: z.boolean(),
});
export type DeviceView = z.infer<typeof deviceView>;

export const listDevicesInput = pageInput.extend({
  search: searchText,
  status: deviceStatus.optional(),
  playlistId: id.optional(),
  groupId: id.optional(),
  businessId: ofBusiness,
  removed: z.boolean().default(false),
  sort: z.enum(["name", "newest"]).default("name"),
});
export const devicePage = page(deviceView);

/** How many screens are in each state, over the whole organization. */
export const deviceCounts = z.record(deviceStatus, z.int());

/** Letters of a pairing code: 20 consonants, so that no word comes about and no vowel is misread. */
export const PAIRING_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
/** So many that no limit has to be shared by people who do not know each other: see `pairing-odds.test.ts` of the API. */
export const PAIRING_CODE_LENGTH = 12;
/** A code as a person types it: case, spaces and hyphens do not matter. */
export const pairingCode = z
  .string()
  .max(40)
  .transform((text) => text.toUpperCase().replace(/[^A-Z]/g, ""))
  .pipe(
    z
      .string()
      .regex(
        new RegExp(`^[${PAIRING_ALPHABET}]{${PAIRING_CODE_LENGTH}}$`),
        `A code has ${PAIRING_CODE_LENGTH} letters, as shown on the screen`,
      ),
  );

/** What a person sees before claiming: enough to notice a stranger's screen. */
export const pairingRequestView = z.strictObject({
  hardware: deviceHardware,
  remoteAddress: z.string(),
  requestedAt: instant,
  expiresAt: instant,
});

export const findPairingInput = z.strictObject({ code: pairingCode });
export const claimDeviceInput = z.strictObject({
  code: pairingCode,
  name: displayName,
  timeZone: timeZone.optional(),
  playlistId: id.optional(),
  businessId,
});
export const updateDeviceInput = z.strictObject({
  id,
  name: displayName.optional(),
  timeZone: timeZone.optional(),
  rotation: rotation.optional(),
  volumePercent: volumePercent.nullable().optional(),
  privateHosts: z.array(privateHost).max(20, "At most 20 hosts").optional(),
  tags: z.array(z.string().trim().toLowerCase().min(1).max(50)).max(30).optional(),
  businessId,
});
/** Gives screens a playlist of their own, or takes it away (null: the organization's default plays). */
export const assignPlaylistInput = z.strictObject({
  deviceIds: z.array(id).min(1).max(500),
  playlistId: id.nullable(),
});

/**
 * What a screen can be told to do once. `next` and `previous` show the neighbour for the rest of the present slot and
 * change nothing of the schedule; `reload` loads the page anew, `restart` the player, `reboot` the machine. What is to
 * last (rotation, loudness) is a setting of the screen instead.
 */
export const COMMAND_KINDS = [
  "identify",
  "screenshot",
  "reload",
  "next",
  "previous",
  "restart",
  "reboot",
  "display_on",
  "display_off",
  "clear_cache",
  "send_logs",
  "update",
] as const;
export const commandKind = z.enum(COMMAND_KINDS);
export type CommandKind = z.infer<typeof commandKind>;
export const commandState = z.enum(["waiting", "delivered", "done", "failed", "expired"]);
export const sendCommandInput = z.strictObject({ deviceId: id, kind: commandKind });
export const commandView = z.strictObject({
  id,
  kind: commandKind,
  state: commandState,
  createdAt: instant,
  expiresAt: instant,
  deliveredAt: instant.nullable(),
  finishedAt: instant.nullable(),
  failure: z.string().nullable(),
  createdByName: z.string().nullable(),
});
