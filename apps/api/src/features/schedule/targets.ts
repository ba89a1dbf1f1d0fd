import type { EntryTargets } from "@vitrine/core/model/entry";
import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { deviceGroups, devices, entryDevices, entryGroups, entryTags } from "@vitrine/db/schema";
import { arrayOf, isAnyOf } from "@vitrine/db/values";
import { and, asc, eq, sql } from "drizzle-orm";
import { isForEntry } from "../../manifest/targeting.ts";

/** Targets without what is said twice, in order. */
export function normalTargets({ isEverywhere, deviceIds, groupIds, tags }: EntryTargets): EntryTargets {
  const set = (list: readonly string[]) => [...new Set(list)].sort();
  return { isEverywhere, deviceIds: set(deviceIds), groupIds: set(groupIds), tags: set(tags) };
}

/** Writes whom an entry is for, in place of what was. NOT_FOUND unless every screen and group is present. */
export async function writeTargets(
  tx: OrganizationTransaction,
  entryId: string,
  { deviceIds, groupIds, tags }: EntryTargets,
): Promise<void> {
  const { organizationId } = tx.scope;
  await requirePresent(tx, devices, deviceIds);
  await requirePresent(tx, deviceGroups, groupIds);
  const parts = [
    { table: entryDevices, column: sql`device_id`, type: "uuid", values: deviceIds },
    { table: entryGroups, column: sql`group_id`, type: "uuid", values: groupIds },
    { table: entryTags, column: sql`tag`, type: "text", values: tags },
  ] as const;
  for (const { table, column, type, values } of parts) {
    await tx.delete(table).where(and(eq(table.organizationId, organizationId), eq(table.entryId, entryId)));
    if (values.length === 0) continue;
    await tx.execute(sql`
      insert into ${table} (organization_id, entry_id, ${column})
      select ${organizationId}::uuid, ${entryId}::uuid, one.value from unnest(${arrayOf(type, values)}) as one (value)`);
  }
}

/** Whom an entry is for, as it was written. */
export async function findTargets(
  tx: OrganizationTransaction,
  entryId: string,
): Promise<Omit<EntryTargets, "isEverywhere">> {
  const of = (table: typeof entryDevices | typeof entryGroups | typeof entryTags) =>
    and(eq(table.organizationId, tx.scope.organizationId), eq(table.entryId, entryId));
  const [screens, groups, tags] = await Promise.all([
    tx
      .select({ id: entryDevices.deviceId })
      .from(entryDevices)
      .where(of(entryDevices))
      .orderBy(asc(entryDevices.deviceId)),
    tx
      .select({ id: entryGroups.groupId })
      .from(entryGroups)
      .where(of(entryGroups))
      .orderBy(asc(entryGroups.groupId)),
    tx.select({ tag: entryTags.tag }).from(entryTags).where(of(entryTags)).orderBy(asc(entryTags.tag)),
  ]);
  return {
    deviceIds: screens.map(({ id }) => id),
    groupIds: groups.map(({ id }) => id),
    tags: tags.map(({ tag }) => tag),
  };
}

/** The present screens that an entry is for now, by whichever target. */
export async function findTargetDevices(tx: OrganizationTransaction, entryId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: devices.id })
    .from(devices)
    .where(isForEntry(tx.scope.organizationId, entryId))
    .orderBy(asc(devices.id));
  return rows.map(({ id }) => id);
}

async function requirePresent(
  tx: OrganizationTransaction,
  table: typeof devices | typeof deviceGroups,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const found = await tx
    .select({ id: table.id })
    .from(table)
    .where(
      and(
        eq(table.organizationId, tx.scope.organizationId),
        eq(table.isActive, true),
        isAnyOf(table.id, "uuid", ids),
      ),
    )
    .for("key share");
  if (found.length !== ids.length) throw appError("NOT_FOUND");
}
