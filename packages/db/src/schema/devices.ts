import type {
  CommandKind,
  DeviceHardware,
  DeviceVitals,
  ROTATIONS,
  SyncProgress,
} from "@vitrine/core/model/device";
import { COMMAND_KINDS, commandState, DEVICE_CONDITIONS, PLAYER_STATES } from "@vitrine/core/model/device";
import {
  DEVICE_EVENT_KINDS,
  type DeviceEventKind,
  type DisplayReport,
  type UpdateReport,
} from "@vitrine/core/model/device-health";
import { sql } from "drizzle-orm";
import { type AnyPgColumn, bigint, boolean, integer, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { businessKey } from "./businesses.ts";
import { authorship, instant, isOneOf } from "./columns.ts";
import { blobKey, NAMED_BY_BUSINESS, NAMED_BY_ORGANIZATION, playlistKey } from "./content.ts";
import { organizationKey } from "./organizations.ts";
import { tenantTable } from "./tenant-table.ts";

type Rotation = (typeof ROTATIONS)[number];
type PlayerState = (typeof PLAYER_STATES)[number];
type CommandState = (typeof commandState.options)[number];

/** Screens. A revoked one keeps its row and its plays; `playlist_id` null means the organization's default. */
export const devices = tenantTable(
  "devices",
  {
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    /** The business that it belongs to; null: the organization as a whole. */
    businessId: uuid("business_id"),
    timeZone: text("time_zone").notNull(),
    rotation: integer("rotation").$type<Rotation>().notNull().default(0),
    volumePercent: integer("volume_percent"),
    privateHosts: text("private_hosts").array().notNull().default(sql`'{}'`),
    playlistId: uuid("playlist_id"),
    isActive: boolean("is_active").notNull().default(true),
    pairedAt: instant("paired_at").notNull().defaultNow(),
    revokedAt: instant("revoked_at"),
    ...authorship(),
  },
  ["id"],
  (keys) => [
    keys.reference("devices_organization", [], organizationKey, "part"),
    keys.reference("devices_business", ["businessId"], businessKey, "use"),
    keys.reference("devices_playlist", ["playlistId"], playlistKey, "use"),
    keys.check("devices_rotation", sql`rotation in (0, 90, 180, 270)`),
    keys.check("devices_volume", sql`volume_percent between 0 and 100`),
    keys.index("devices_by_time", "isActive", "createdAt", "id"),
    keys.index("devices_by_name", "isActive", "name", "id"),
    keys.index("devices_by_business", "businessId", "isActive", "createdAt", "id"),
    keys.index("devices_by_playlist", "playlistId", "id"),
  ],
);

/** Tags of screens, lower-case. */
export const deviceTags = tenantTable(
  "device_tags",
  { deviceId: uuid("device_id").notNull(), tag: text("tag").notNull() },
  ["deviceId", "tag"],
  (keys) => [
    keys.reference("device_tags_device", ["deviceId"], deviceKey, "part"),
    keys.index("device_tags_by_tag", "tag", "deviceId"),
  ],
);

/** Screens that people name together. */
export const deviceGroups = tenantTable(
  "device_groups",
  {
    id: uuid("id").notNull(),
    /** The business that it belongs to; null: the organization as a whole. */
    businessId: uuid("business_id"),
    name: text("name").notNull(),
    isActive: boolean("is_active").notNull().default(true),
    ...authorship(),
  },
  ["id"],
  (keys) => [
    keys.reference("device_groups_organization", [], organizationKey, "part"),
    keys.reference("device_groups_business", ["businessId"], businessKey, "use"),
    keys.unique("device_groups_name", ["name"], NAMED_BY_ORGANIZATION),
    keys.unique("device_groups_name_in_business", ["businessId", "name"], NAMED_BY_BUSINESS),
    keys.index("device_groups_by_business", "businessId", "isActive", "name", "id"),
    keys.index("device_groups_by_name", "isActive", "name", "id"),
  ],
);

/** Which screens are in which groups. */
export const groupDevices = tenantTable(
  "group_devices",
  { groupId: uuid("group_id").notNull(), deviceId: uuid("device_id").notNull() },
  ["groupId", "deviceId"],
  (keys) => [
    keys.reference("group_devices_group", ["groupId"], groupKey, "part"),
    keys.reference("group_devices_device", ["deviceId"], deviceKey, "part"),
    keys.index("group_devices_by_device", "deviceId", "groupId"),
  ],
);

export function groupKey(): [AnyPgColumn, AnyPgColumn] {
  return [deviceGroups.organizationId, deviceGroups.id];
}

/** Public keys of screens: Ed25519, 32 raw bytes in base64url. The private half never leaves the screen. */
export const deviceCredentials = tenantTable(
  "device_credentials",
  {
    deviceId: uuid("device_id").notNull(),
    publicKey: text("public_key").notNull(),
    /** SHA-256 of the ticket of the newest session, and of what was shown for it until the newest was used. */
    ticketSha256: text("ticket_sha256"),
    formerTicketSha256: text("former_ticket_sha256"),
    /** When the newest ticket was made: a later one is of a state of the database that was since lost. */
    ticketIssuedAt: instant("ticket_issued_at"),
    /** Two places were seen to use this identity. */
    copiedAt: instant("copied_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    revokedAt: instant("revoked_at"),
  },
  ["deviceId", "publicKey"],
  (keys) => [keys.reference("device_credentials_device", ["deviceId"], deviceKey, "part")],
);

/** The latest word of each screen, apart from `devices` so that a beat rewrites one small row and no index. */
export const deviceStatus = tenantTable(
  "device_status",
  {
    deviceId: uuid("device_id").notNull(),
    lastHeardAt: instant("last_heard_at"),
    bootId: uuid("boot_id"),
    playerState: text("player_state").$type<PlayerState>(),
    /** What it was doing, judged at its last beat. */
    condition: text("condition").$type<(typeof DEVICE_CONDITIONS)[number]>(),
    /** Whether its last beat named the newest manifest of then, and the content revision of then. */
    isUpToDate: boolean("is_up_to_date").notNull().default(false),
    checkedRevision: bigint("checked_revision", { mode: "number" }),
    activeManifest: text("active_manifest"),
    newestManifest: text("newest_manifest"),
    isStopping: boolean("is_stopping").notNull().default(false),
    shownAssetId: uuid("shown_asset_id"),
    shownItemId: uuid("shown_item_id"),
    shownEntryId: uuid("shown_entry_id"),
    shownSince: instant("shown_since"),
    hardware: jsonb("hardware").$type<DeviceHardware>(),
    vitals: jsonb("vitals").$type<DeviceVitals>(),
    sync: jsonb("sync").$type<SyncProgress>(),
    isRecovering: boolean("is_recovering").notNull().default(false),
    display: jsonb("display").$type<DisplayReport>(),
    update: jsonb("update").$type<UpdateReport>(),
    faults: jsonb("faults").$type<{ kind: string; text: string }[]>().notNull().default([]),
    screenshotSha256: text("screenshot_sha256"),
    screenshotAt: instant("screenshot_at"),
  },
  ["deviceId"],
  (keys) => [
    keys.reference("device_status_device", ["deviceId"], deviceKey, "part"),
    keys.check("device_status_player_state", isOneOf("player_state", PLAYER_STATES)),
    keys.check("device_status_condition", isOneOf("condition", DEVICE_CONDITIONS)),
  ],
);

/** What a screen was told to do, and what came of it. */
export const deviceCommands = tenantTable(
  "device_commands",
  {
    id: uuid("id").notNull(),
    deviceId: uuid("device_id").notNull(),
    kind: text("kind").$type<CommandKind>().notNull(),
    state: text("state").$type<CommandState>().notNull().default("waiting"),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    deliveredAt: instant("delivered_at"),
    finishedAt: instant("finished_at"),
    failure: text("failure"),
    createdBy: uuid("created_by"),
  },
  ["id"],
  (keys) => [
    keys.reference("device_commands_device", ["deviceId"], deviceKey, "part"),
    keys.check("device_commands_kind", isOneOf("kind", COMMAND_KINDS)),
    keys.check("device_commands_state", isOneOf("state", commandState.options)),
    keys.index("device_commands_by_state", "deviceId", "state", "createdAt"),
    keys.index("device_commands_newest", "deviceId", "createdAt", "id"),
  ],
);

/** What happened in the life of each screen: told by itself (boot and sequence count there) or noticed by the server. */
export const deviceEvents = tenantTable(
  "device_events",
  {
    id: uuid("id").notNull(),
    deviceId: uuid("device_id").notNull(),
    at: instant("at").notNull(),
    kind: text("kind").$type<DeviceEventKind>().notNull(),
    data: jsonb("data").$type<Record<string, string | number | null>>().notNull().default({}),
    bootId: uuid("boot_id"),
    sequence: integer("sequence"),
    receivedAt: instant("received_at").notNull().defaultNow(),
  },
  ["id"],
  (keys) => [
    keys.reference("device_events_device", ["deviceId"], deviceKey, "part"),
    keys.check("device_events_kind", isOneOf("kind", DEVICE_EVENT_KINDS)),
    keys.check("device_events_origin", sql`(boot_id is null) = (sequence is null)`),
    keys.unique("device_events_once", ["deviceId", "bootId", "sequence"], sql`boot_id is not null`),
    keys.index("device_events_newest", "deviceId", "at", "id"),
  ],
);

/** Logs that screens sent when they were asked to; the file is a blob of the organization. */
export const deviceLogs = tenantTable(
  "device_logs",
  {
    commandId: uuid("command_id").notNull(),
    deviceId: uuid("device_id").notNull(),
    blobSha256: text("blob_sha256").notNull(),
    lineCount: integer("line_count").notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
  },
  ["commandId"],
  (keys) => [
    keys.reference("device_logs_device", ["deviceId"], deviceKey, "part"),
    keys.reference("device_logs_command", ["commandId"], commandKey, "part"),
    keys.reference("device_logs_blob", ["blobSha256"], blobKey, "use"),
    keys.index("device_logs_newest", "deviceId", "receivedAt"),
    keys.index("device_logs_by_blob", "blobSha256"),
  ],
);

function commandKey(): [AnyPgColumn, AnyPgColumn] {
  return [deviceCommands.organizationId, deviceCommands.id];
}

export function deviceKey(): [AnyPgColumn, AnyPgColumn] {
  return [devices.organizationId, devices.id];
}
