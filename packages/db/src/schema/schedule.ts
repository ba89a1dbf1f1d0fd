import { ENTRY_KINDS } from "@vitrine/core/model/schedule";
import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, doublePrecision, integer, text, uuid } from "drizzle-orm/pg-core";
import { businessKey } from "./businesses.ts";
import { authorship, instant, isOneOf } from "./columns.ts";
import { assetKey, daypartKey, layoutKey, playlistKey } from "./content.ts";
import { deviceKey, groupKey } from "./devices.ts";
import { organizationKey } from "./organizations.ts";
import { tenantTable } from "./tenant-table.ts";

/**
 * Lines of the schedule: one content each, and when. `local_start` to `extra_dates` are null together: always. Local
 * times are text as in `localDateTime`. `starts_at` and `ends_at` bound all stretches, wherever the screens are; null is open.
 */
export const scheduleEntries = tenantTable(
  "schedule_entries",
  {
    id: uuid("id").notNull(),
    /** The business whose entry it is and whose screens alone it reaches; null: the organization's, for any screen. */
    businessId: uuid("business_id"),
    name: text("name").notNull(),
    kind: text("kind").$type<(typeof ENTRY_KINDS)[number]>().notNull(),
    assetId: uuid("asset_id"),
    playlistId: uuid("playlist_id"),
    layoutId: uuid("layout_id"),
    priority: integer("priority").notNull().default(0),
    timeZone: text("time_zone"),
    localStart: text("local_start"),
    localEnd: text("local_end"),
    recurrence: text("recurrence"),
    exceptDates: text("except_dates").array().notNull().default(sql`'{}'`),
    extraDates: text("extra_dates").array().notNull().default(sql`'{}'`),
    validFrom: instant("valid_from"),
    validUntil: instant("valid_until"),
    startsExactly: boolean("starts_exactly").notNull().default(false),
    sharePercent: doublePrecision("share_percent"),
    zoneName: text("zone_name"),
    isEverywhere: boolean("is_everywhere").notNull().default(false),
    isEnabled: boolean("is_enabled").notNull().default(true),
    isActive: boolean("is_active").notNull().default(true),
    startsAt: instant("starts_at"),
    endsAt: instant("ends_at"),
    ...authorship(),
  },
  ["id"],
  (keys) => [
    keys.reference("schedule_entries_organization", [], organizationKey, "part"),
    keys.reference("schedule_entries_business", ["businessId"], businessKey, "use"),
    keys.reference("schedule_entries_asset", ["assetId"], assetKey, "use"),
    keys.reference("schedule_entries_playlist", ["playlistId"], playlistKey, "use"),
    keys.reference("schedule_entries_layout", ["layoutId"], layoutKey, "use"),
    keys.check("schedule_entries_kind", isOneOf("kind", ENTRY_KINDS)),
    keys.check("schedule_entries_content", sql`num_nonnulls(asset_id, playlist_id, layout_id) = 1`),
    keys.check(
      "schedule_entries_when",
      sql`num_nulls(local_start, local_end) <> 1 and (recurrence is null or local_start is not null)`,
    ),
    keys.check("schedule_entries_share", sql`(kind = 'interrupt') = (share_percent is not null)`),
    keys.check("schedule_entries_zone", sql`zone_name is null or kind = 'override'`),
    keys.check("schedule_entries_valid", sql`valid_from < valid_until`),
    keys.index("schedule_entries_by_time", "isActive", "createdAt", "id"),
    keys.index("schedule_entries_by_business", "businessId", "isActive", "createdAt", "id"),
    keys.index("schedule_entries_by_end", "isActive", "endsAt"),
    keys.index("schedule_entries_everywhere", "isEverywhere", "id"),
    keys.index("schedule_entries_by_asset", "assetId"),
    keys.index("schedule_entries_by_playlist", "playlistId"),
    keys.index("schedule_entries_by_layout", "layoutId"),
  ],
);

/** Screens that an entry is for. */
export const entryDevices = tenantTable(
  "entry_devices",
  { entryId: uuid("entry_id").notNull(), deviceId: uuid("device_id").notNull() },
  ["entryId", "deviceId"],
  (keys) => [
    keys.reference("entry_devices_entry", ["entryId"], entryKey, "part"),
    keys.reference("entry_devices_device", ["deviceId"], deviceKey, "part"),
    keys.index("entry_devices_by_device", "deviceId", "entryId"),
  ],
);

/** Groups that an entry is for. */
export const entryGroups = tenantTable(
  "entry_groups",
  { entryId: uuid("entry_id").notNull(), groupId: uuid("group_id").notNull() },
  ["entryId", "groupId"],
  (keys) => [
    keys.reference("entry_groups_entry", ["entryId"], entryKey, "part"),
    keys.reference("entry_groups_group", ["groupId"], groupKey, "use"),
    keys.index("entry_groups_by_group", "groupId", "entryId"),
  ],
);

/** Tags whose screens an entry is for, lower-case. */
export const entryTags = tenantTable(
  "entry_tags",
  { entryId: uuid("entry_id").notNull(), tag: text("tag").notNull() },
  ["entryId", "tag"],
  (keys) => [
    keys.reference("entry_tags_entry", ["entryId"], entryKey, "part"),
    keys.index("entry_tags_by_tag", "tag", "entryId"),
  ],
);

/** Dayparts that an entry waits for: any of them. */
export const entryDayparts = tenantTable(
  "entry_dayparts",
  { entryId: uuid("entry_id").notNull(), daypartId: uuid("daypart_id").notNull() },
  ["entryId", "daypartId"],
  (keys) => [
    keys.reference("entry_dayparts_entry", ["entryId"], entryKey, "part"),
    keys.reference("entry_dayparts_daypart", ["daypartId"], daypartKey, "use"),
    keys.index("entry_dayparts_by_daypart", "daypartId", "entryId"),
  ],
);

function entryKey(): [AnyPgColumn, AnyPgColumn] {
  return [scheduleEntries.organizationId, scheduleEntries.id];
}
