import { appError } from "@vitrine/core/model/errors";
import type { GroupView, listGroupsInput } from "@vitrine/core/model/group";
import type { Page } from "@vitrine/core/model/paging";
import type { Database } from "@vitrine/db/database";
import { deviceGroups, devices, entryGroups, groupDevices, organizations } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, asc, count, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import { isOfBusiness } from "../businesses/belonging.ts";
import { behindName, nameHas, toNamePage } from "../name-page.ts";

type Reader = { database: Database; scope: OrganizationScope };

/** Groups by name; with `deviceId` those that this screen is in. */
export async function listGroups(
  { database, scope }: Reader,
  { cursor, limit, search, removed, deviceId, businessId }: z.infer<typeof listGroupsInput>,
): Promise<Page<GroupView>> {
  const { organizationId } = scope;
  const found = and(
    eq(deviceGroups.organizationId, organizationId),
    eq(deviceGroups.isActive, !removed),
    nameHas(deviceGroups.name, search),
    isOfBusiness(deviceGroups, businessId),
    deviceId === undefined
      ? undefined
      : sql`${deviceGroups.id} in (select ${groupDevices.groupId} from ${groupDevices}
          where ${groupDevices.organizationId} = ${organizationId} and ${groupDevices.deviceId} = ${deviceId})`,
  );
  const [rows, counted] = await database.batch(scope, (q) => [
    q
      .select(columns)
      .from(deviceGroups)
      .innerJoin(organizations, eq(organizations.organizationId, deviceGroups.organizationId))
      .where(and(found, behindName(deviceGroups, cursor)))
      .orderBy(asc(deviceGroups.isActive), asc(deviceGroups.name), asc(deviceGroups.id))
      .limit(limit + 1),
    q.select({ total: count() }).from(deviceGroups).where(found),
  ]);
  return toNamePage(rows, { limit, total: counted[0]?.total ?? 0 }, toView);
}

/** One group. NOT_FOUND. */
export async function getGroup({ database, scope }: Reader, id: string): Promise<GroupView> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select(columns)
      .from(deviceGroups)
      .innerJoin(organizations, eq(organizations.organizationId, deviceGroups.organizationId))
      .where(and(eq(deviceGroups.organizationId, scope.organizationId), eq(deviceGroups.id, id))),
  ]);
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  return toView(row);
}

/** For selections joined with another table: columns within are then named with their tables. */
const columns = {
  id: deviceGroups.id,
  businessId: deviceGroups.businessId,
  name: deviceGroups.name,
  isActive: deviceGroups.isActive,
  updatedAt: deviceGroups.updatedAt,
  deviceCount: sql<number>`(
    select count(*) from ${groupDevices} join ${devices} on ${devices.organizationId} = ${groupDevices.organizationId}
      and ${devices.id} = ${groupDevices.deviceId} and ${devices.isActive}
    where ${groupDevices.organizationId} = ${deviceGroups.organizationId} and ${groupDevices.groupId} = ${deviceGroups.id})`,
  useCount: sql<number>`(
    select count(*) from ${entryGroups} where ${entryGroups.organizationId} = ${deviceGroups.organizationId}
      and ${entryGroups.groupId} = ${deviceGroups.id})`,
};

function toView({ updatedAt, ...row }: Omit<GroupView, "updatedAt"> & { updatedAt: Date }): GroupView {
  return { ...row, updatedAt: updatedAt.toISOString() };
}
