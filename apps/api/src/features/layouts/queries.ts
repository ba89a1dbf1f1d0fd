import { appError } from "@vitrine/core/model/errors";
import type { LayoutView, listLayoutsInput } from "@vitrine/core/model/layout";
import type { Page } from "@vitrine/core/model/paging";
import { layoutZone } from "@vitrine/core/model/schedule";
import type { Database } from "@vitrine/db/database";
import { layouts, layoutZones, organizations, playlists, scheduleEntries } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, asc, count, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { isOfBusiness } from "../businesses/belonging.ts";
import { behindName, nameHas, toNamePage } from "../name-page.ts";

type Reader = { database: Database; scope: OrganizationScope };

/** Layouts by name. */
export async function listLayouts(
  { database, scope }: Reader,
  { cursor, limit, search, removed, businessId }: z.infer<typeof listLayoutsInput>,
): Promise<Page<LayoutView>> {
  const found = and(
    eq(layouts.organizationId, scope.organizationId),
    eq(layouts.isActive, !removed),
    nameHas(layouts.name, search),
    isOfBusiness(layouts, businessId),
  );
  const [rows, counted] = await database.batch(scope, (q) => [
    q
      .select(columns)
      .from(layouts)
      .innerJoin(organizations, eq(organizations.organizationId, layouts.organizationId))
      .where(and(found, behindName(layouts, cursor)))
      .orderBy(asc(layouts.isActive), asc(layouts.name), asc(layouts.id))
      .limit(limit + 1),
    q.select({ total: count() }).from(layouts).where(found),
  ]);
  return toNamePage(rows, { limit, total: counted[0]?.total ?? 0 }, toView);
}

/** One layout. NOT_FOUND. */
export async function getLayout({ database, scope }: Reader, id: string): Promise<LayoutView> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select(columns)
      .from(layouts)
      .innerJoin(organizations, eq(organizations.organizationId, layouts.organizationId))
      .where(and(eq(layouts.organizationId, scope.organizationId), eq(layouts.id, id))),
  ]);
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  return toView(row);
}

/** For selections joined with another table: columns within are then named with their tables. */
const columns = {
  id: layouts.id,
  businessId: layouts.businessId,
  name: layouts.name,
  aspect: layouts.aspect,
  mainZoneId: layouts.mainZoneId,
  durationMs: layouts.durationMs,
  isActive: layouts.isActive,
  updatedAt: layouts.updatedAt,
  useCount: sql<number>`(
    select count(*) from ${scheduleEntries} where ${scheduleEntries.organizationId} = ${layouts.organizationId}
    and ${scheduleEntries.layoutId} = ${layouts.id} and ${scheduleEntries.isActive})`,
  zones: sql<unknown>`(
    select json_agg(json_build_object('id', ${layoutZones.id}, 'name', ${layoutZones.name},
        'left', ${layoutZones.left}, 'top', ${layoutZones.top}, 'width', ${layoutZones.width},
        'height', ${layoutZones.height}, 'z', ${layoutZones.z}, 'playlistId', ${layoutZones.playlistId},
        'playlistName', ${playlists.name}) order by ${layoutZones.z}, ${layoutZones.place})
    from ${layoutZones} left join ${playlists} on ${playlists.organizationId} = ${layoutZones.organizationId}
      and ${playlists.id} = ${layoutZones.playlistId}
    where ${layoutZones.organizationId} = ${layouts.organizationId} and ${layoutZones.layoutId} = ${layouts.id})`,
};

const zones = z.array(layoutZone.extend({ playlistName: z.string().nullable() }));

function toView(
  row: Omit<LayoutView, "updatedAt" | "zones"> & { updatedAt: Date; zones: unknown },
): LayoutView {
  return { ...row, zones: zones.parse(row.zones), updatedAt: row.updatedAt.toISOString() };
}
