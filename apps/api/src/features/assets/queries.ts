import type { AssetView } from "@vitrine/core/model/asset";
import { appError } from "@vitrine/core/model/errors";
import type { Page } from "@vitrine/core/model/paging";
import { defineBatch } from "@vitrine/db/batch";
import type { Database } from "@vitrine/db/database";
import { assets, assetTags } from "@vitrine/db/schema";
import { type OrganizationScope, scopedKey, scopeWord } from "@vitrine/db/scope";
import { and, eq, sql } from "drizzle-orm";
import { RecentMap } from "../../platform/recent-map.ts";
import type { AssetFilter, SearchWay } from "./asset-filter.ts";
import { cursorBehind, pageStatement, totalStatement } from "./asset-page.ts";
import { assetColumns, type FileUrl, tagsOf, toAssetView } from "./asset-view.ts";

/** What reading assets needs: whose they are, and how the one who asks reaches files. */
export type AssetReader = { database: Database; scope: OrganizationScope; fileUrl: FileUrl };

/**
 * Assets that match, in order, a page at a time; `total` counts all that match. Costs the same at any number of rows.
 * INVALID_INPUT for a cursor of another list.
 */
export async function listAssets(reader: AssetReader, filter: AssetFilter): Promise<Page<AssetView>> {
  const { rows, revision, way } = await readPage(reader, filter);
  const shown = rows.slice(0, filter.limit);
  const last = rows.length > filter.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => toAssetView(row, reader.fileUrl)),
    nextCursor: last ? cursorBehind(filter.sort, last) : null,
    total: await countAssets(reader, filter, revision, way),
  };
}

/** One asset, removed or not. NOT_FOUND. */
export async function getAsset({ database, scope, fileUrl }: AssetReader, id: string): Promise<AssetView> {
  const [rows] = await database.run(scope, oneAsset, { id });
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  return toAssetView(row, fileUrl);
}

/** Tags of present assets with how many carry each, most used first; at most 500. */
export async function listTags(
  database: Database,
  scope: OrganizationScope,
): Promise<{ tag: string; count: number }[]> {
  const [tags] = await database.run(scope, usedTags, {});
  return tags;
}

const organizationId = sql.placeholder("organizationId");

const oneAsset = defineBatch<{ id: string }>()((q) => [
  q
    .select({ ...assetColumns, tags: tagsOf(assets.id), createdByName: sql<string | null>`people.name` })
    .from(assets)
    .leftJoin(sql`app.list_people() people`, sql`people.user_id = ${assets.createdBy}`)
    .where(and(eq(assets.organizationId, organizationId), eq(assets.id, sql.placeholder("id")))),
]);

const usedTags = defineBatch()((q) => [
  q
    .select({ tag: assetTags.tag, count: sql<number>`count(*)` })
    .from(assetTags)
    .innerJoin(
      assets,
      and(eq(assets.organizationId, assetTags.organizationId), eq(assets.id, assetTags.assetId)),
    )
    .where(and(eq(assetTags.organizationId, organizationId), eq(assets.isActive, true)))
    .groupBy(assetTags.tag)
    .orderBy(sql`count(*) desc`, assetTags.tag)
    .limit(500),
]);

/** Looks for text row by row first: what many rows have fills the page at once. What few have, the index finds. */
async function readPage({ database, scope }: AssetReader, filter: AssetFilter) {
  const ways = filter.search === undefined ? (["index"] as const) : (["walk", "index"] as const);
  for (const way of ways) {
    const { batch, values } = pageStatement(filter, way);
    const [rows, [organization]] = await database.run(scope, batch, values);
    if (rows.length > filter.limit || way === "index") return { rows, revision: organization?.revision, way };
  }
  throw new Error("A page is read by the index at last");
}

/** Totals by filter, each with the content revision that it was counted at: counting 100,000 rows takes 10 ms. */
const totals = new WeakMap<Database, RecentMap<{ revision: number; total: number }>>();
const TOTALS_LEAST = 2000;

/** How many assets match: counted anew only when something of the organization has changed since. */
async function countAssets(
  { database, scope }: AssetReader,
  { cursor: _, limit: __, sort: ___, ...filter }: AssetFilter,
  revision: number | undefined,
  way: SearchWay,
): Promise<number> {
  const known = totals.get(database) ?? new RecentMap<{ revision: number; total: number }>(TOTALS_LEAST);
  totals.set(database, known);
  const key = scopedKey(scope, "assets-total", JSON.stringify(filter), scopeWord(scope));
  const counted = known.get(key);
  if (counted !== undefined && counted.revision === revision) return counted.total;
  const { batch, values } = totalStatement({ ...filter, limit: 1, sort: "newest" }, way);
  const [rows] = await database.run(scope, batch, values);
  const total = rows[0]?.total ?? 0;
  if (revision !== undefined) known.set(key, { revision, total });
  return total;
}
