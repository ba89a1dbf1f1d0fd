import type { DaypartView, listDaypartsInput } from "@vitrine/core/model/daypart";
import { appError } from "@vitrine/core/model/errors";
import type { Page } from "@vitrine/core/model/paging";
import type { Database } from "@vitrine/db/database";
import { dayparts, entryDayparts, itemDayparts, organizations } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, asc, count, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import { behindName, nameHas, toNamePage } from "../name-page.ts";

type Reader = { database: Database; scope: OrganizationScope };

/** Dayparts by name. */
export async function listDayparts(
  { database, scope }: Reader,
  { cursor, limit, search, removed }: z.infer<typeof listDaypartsInput>,
): Promise<Page<DaypartView>> {
  const found = and(
    eq(dayparts.organizationId, scope.organizationId),
    eq(dayparts.isActive, !removed),
    nameHas(dayparts.name, search),
  );
  const [rows, counted] = await database.batch(scope, (q) => [
    q
      .select(columns)
      .from(dayparts)
      .innerJoin(organizations, eq(organizations.organizationId, dayparts.organizationId))
      .where(and(found, behindName(dayparts, cursor)))
      .orderBy(asc(dayparts.isActive), asc(dayparts.name), asc(dayparts.id))
      .limit(limit + 1),
    q.select({ total: count() }).from(dayparts).where(found),
  ]);
  return toNamePage(rows, { limit, total: counted[0]?.total ?? 0 }, toView);
}

/** One daypart. NOT_FOUND. */
export async function getDaypart({ database, scope }: Reader, id: string): Promise<DaypartView> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select(columns)
      .from(dayparts)
      .innerJoin(organizations, eq(organizations.organizationId, dayparts.organizationId))
      .where(and(eq(dayparts.organizationId, scope.organizationId), eq(dayparts.id, id))),
  ]);
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  return toView(row);
}

/** For selections joined with another table: columns within are then named with their tables. */
const columns = {
  id: dayparts.id,
  name: dayparts.name,
  windows: dayparts.windows,
  exceptDates: dayparts.exceptDates,
  isActive: dayparts.isActive,
  updatedAt: dayparts.updatedAt,
  useCount: sql<number>`(
    (select count(*) from ${entryDayparts} where ${entryDayparts.organizationId} = ${dayparts.organizationId}
      and ${entryDayparts.daypartId} = ${dayparts.id})
    + (select count(*) from ${itemDayparts} where ${itemDayparts.organizationId} = ${dayparts.organizationId}
      and ${itemDayparts.daypartId} = ${dayparts.id}))`,
};

function toView({ updatedAt, ...row }: Omit<DaypartView, "updatedAt"> & { updatedAt: Date }): DaypartView {
  return { ...row, updatedAt: updatedAt.toISOString() };
}
