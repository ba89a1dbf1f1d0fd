import type { BusinessName, BusinessView, listBusinessesInput } from "@vitrine/core/model/business";
import { appError } from "@vitrine/core/model/errors";
import type { Page } from "@vitrine/core/model/paging";
import type { Database } from "@vitrine/db/database";
import { businesses } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, asc, count, eq } from "drizzle-orm";
import type * as z from "zod";
import { behindName, nameHas, toNamePage } from "../name-page.ts";
import { USE } from "./use.ts";

type Reader = { database: Database; scope: OrganizationScope };

const columns = {
  id: businesses.id,
  name: businesses.name,
  address: businesses.address,
  note: businesses.note,
  use: USE,
  updatedAt: businesses.updatedAt,
};

/** Businesses by name; a limited member's are their own. */
export async function listBusinesses(
  { database, scope }: Reader,
  { cursor, limit, search }: z.infer<typeof listBusinessesInput>,
): Promise<Page<BusinessView>> {
  const found = and(eq(businesses.organizationId, scope.organizationId), nameHas(businesses.name, search));
  const [rows, counted] = await database.batch(scope, (q) => [
    q
      .select(columns)
      .from(businesses)
      .where(and(found, behindName(businesses, cursor)))
      .orderBy(asc(businesses.name), asc(businesses.id))
      .limit(limit + 1),
    q.select({ total: count() }).from(businesses).where(found),
  ]);
  return toNamePage(rows, { limit, total: counted[0]?.total ?? 0 }, toView);
}

/** Every business by name; a limited member's are their own. */
export async function listNames({ database, scope }: Reader): Promise<BusinessName[]> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({ id: businesses.id, name: businesses.name })
      .from(businesses)
      .where(eq(businesses.organizationId, scope.organizationId))
      .orderBy(asc(businesses.name), asc(businesses.id)),
  ]);
  return rows;
}

/** One business. NOT_FOUND. */
export async function getBusiness({ database, scope }: Reader, id: string): Promise<BusinessView> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select(columns)
      .from(businesses)
      .where(and(eq(businesses.organizationId, scope.organizationId), eq(businesses.id, id))),
  ]);
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  return toView(row);
}

function toView(row: Omit<BusinessView, "updatedAt"> & { updatedAt: Date }): BusinessView {
  return { ...row, updatedAt: row.updatedAt.toISOString() };
}
