import {
  deviceGroups,
  devices,
  deviceTags,
  entryDevices,
  entryGroups,
  entryTags,
  groupDevices,
  scheduleEntries,
} from "@vitrine/db/schema";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

type Value = string | SQLWrapper;

/** A set of entry ids, for `in (…)`: those that are for a screen, by whichever target, of whatever business. Each part is a look-up by index. */
export function entriesForDevice(organizationId: Value, deviceId: Value): SQL {
  return sql`
    select ${scheduleEntries.id} from ${scheduleEntries}
    where ${scheduleEntries.organizationId} = ${organizationId}::uuid and ${scheduleEntries.isEverywhere}
    union all
    select ${entryDevices.entryId} from ${entryDevices}
    where ${entryDevices.organizationId} = ${organizationId}::uuid and ${entryDevices.deviceId} = ${deviceId}::uuid
    union all
    select ${entryGroups.entryId} from ${groupDevices}
    join ${deviceGroups} on ${deviceGroups.organizationId} = ${organizationId}::uuid
      and ${deviceGroups.id} = ${groupDevices.groupId} and ${deviceGroups.isActive}
    join ${entryGroups} on ${entryGroups.organizationId} = ${organizationId}::uuid
      and ${entryGroups.groupId} = ${groupDevices.groupId}
    where ${groupDevices.organizationId} = ${organizationId}::uuid and ${groupDevices.deviceId} = ${deviceId}::uuid
    union all
    select ${entryTags.entryId} from ${deviceTags}
    join ${entryTags} on ${entryTags.organizationId} = ${organizationId}::uuid and ${entryTags.tag} = ${deviceTags.tag}
    where ${deviceTags.organizationId} = ${organizationId}::uuid and ${deviceTags.deviceId} = ${deviceId}::uuid`;
}

/** The condition that an entry is the organization's, or of the business of a screen. */
export function isOfBusinessOfDevice(organizationId: Value, deviceId: Value): SQL {
  return sql`(${scheduleEntries.businessId} is null or ${scheduleEntries.businessId} = (
    select ${devices.businessId} from ${devices}
    where ${devices.organizationId} = ${organizationId}::uuid and ${devices.id} = ${deviceId}::uuid))`;
}

/** The condition that a row of `devices` is a present screen that an entry is for. */
export function isForEntry(organizationId: Value, entryId: Value): SQL {
  const business = sql`(select ${scheduleEntries.businessId} from ${scheduleEntries}
    where ${scheduleEntries.organizationId} = ${organizationId}::uuid and ${scheduleEntries.id} = ${entryId}::uuid)`;
  return sql`${devices.organizationId} = ${organizationId}::uuid and ${devices.isActive}
    and (${business} is null or ${business} = ${devices.businessId}) and (
    exists (
      select from ${scheduleEntries} where ${scheduleEntries.organizationId} = ${organizationId}::uuid
      and ${scheduleEntries.id} = ${entryId}::uuid and ${scheduleEntries.isEverywhere})
    or ${devices.id} in (
      select ${entryDevices.deviceId} from ${entryDevices}
      where ${entryDevices.organizationId} = ${organizationId}::uuid and ${entryDevices.entryId} = ${entryId}::uuid
      union all
      select ${groupDevices.deviceId} from ${entryGroups}
      join ${deviceGroups} on ${deviceGroups.organizationId} = ${organizationId}::uuid
        and ${deviceGroups.id} = ${entryGroups.groupId} and ${deviceGroups.isActive}
      join ${groupDevices} on ${groupDevices.organizationId} = ${organizationId}::uuid
        and ${groupDevices.groupId} = ${entryGroups.groupId}
      where ${entryGroups.organizationId} = ${organizationId}::uuid and ${entryGroups.entryId} = ${entryId}::uuid
      union all
      select ${deviceTags.deviceId} from ${entryTags}
      join ${deviceTags} on ${deviceTags.organizationId} = ${organizationId}::uuid and ${deviceTags.tag} = ${entryTags.tag}
      where ${entryTags.organizationId} = ${organizationId}::uuid and ${entryTags.entryId} = ${entryId}::uuid))`;
}

/** How long an entry that is over stays in manifests: longer than any screen's day reaches back. */
const KEPT_MS = 2 * 86_400_000;

/** Entries that ended before this instant are left out of manifests. It changes with the day, UTC. */
export function endedBefore(nowMs: number): Date {
  return new Date(nowMs - (nowMs % 86_400_000) - KEPT_MS);
}
