import type { AssetView, listAssetsInput } from "@vitrine/core/model/asset";
import { appError } from "@vitrine/core/model/errors";
import type { Page } from "@vitrine/core/model/paging";
import type { Database } from "@vitrine/db/database";
import { assets, assetTags } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, asc, count, desc, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { type AssetRow, assetColumns, type FileUrl, toAssetView } from "./asset-view.ts";

/** What reading assets needs: whose they are, and how the one who asks reaches files. */
export type AssetReader = { database: Database; scope: OrganizationScope; fileUrl: FileUrl };

type ListInput = z.infer<typeof listAssetsInput>;

/** Assets in one of four orders, filtered, a page at a time; `total` counts all that match. */
export async function listAssets(reader: AssetReader, input: ListInput): Promise<Page<AssetView>> {
  const { database, scope, fileUrl } = reader;
  const found = matching(scope, input);
  const order = ORDERS[input.sort];
  const [rows, counted] = await database.batch(scope, (q) => [
    q
      .select(assetColumns)
      .from(assets)
      .where(and(found, order.behind(input.cursor)))
      .orderBy(...order.by)
      .limit(input.limit + 1),
    q.select({ total: count() }).from(assets).where(found),
  ]);
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => toAssetView(row, fileUrl)),
    nextCursor: last ? encodeCursor([input.sort, order.key(last), last.row.id]) : null,
    total: counted[0]?.total ?? 0,
  };
}

/** One asset, removed or not, with the name of who made it. NOT_FOUND. */
export async function getAsset({ database, scope, fileUrl }: AssetReader, id: string): Promise<AssetView> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({
        ...assetColumns,
        madeBy: sql<
          string | null
        >`(select person.name from app.list_people() as person where person.user_id = ${assets.createdBy})`,
      })
      .from(assets)
      .where(and(eq(assets.organizationId, scope.organizationId), eq(assets.id, id))),
  ]);
  const found = rows[0];
  if (!found) throw appError("NOT_FOUND");
  return toAssetView(found, fileUrl, found.madeBy);
}

const TAGS_LISTED = 500;

/** Tags of present assets with how many carry each, most used first; at most 500. */
export async function listTags(
  database: Database,
  scope: OrganizationScope,
): Promise<{ tag: string; count: number }[]> {
  const { organizationId } = scope;
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({ tag: assetTags.tag, count: count() })
      .from(assetTags)
      .innerJoin(assets, and(eq(assets.organizationId, organizationId), eq(assets.id, assetTags.assetId)))
      .where(and(eq(assetTags.organizationId, organizationId), eq(assets.isActive, true)))
      .groupBy(assetTags.tag)
      .orderBy(desc(count()), asc(assetTags.tag))
      .limit(TAGS_LISTED),
  ]);
  return rows;
}

function matching({ organizationId }: OrganizationScope, { removed, kind, state, tag, search }: ListInput) {
  return and(
    eq(assets.organizationId, organizationId),
    eq(assets.isActive, !removed),
    kind === undefined ? undefined : eq(assets.kind, kind),
    state === undefined ? undefined : eq(assets.state, state),
    tag === undefined
      ? undefined
      : sql`exists (select from ${assetTags} where ${assetTags.organizationId} = ${assets.organizationId}
          and ${assetTags.assetId} = ${assets.id} and ${assetTags.tag} = ${tag})`,
    search === undefined ? undefined : sql`${assets.id} in (select app.search_assets(${search}))`,
  );
}

type Order = {
  by: SQL[];
  key: (last: AssetRow) => string | number;
  behind: (cursor: string | undefined) => SQL | undefined;
};

const instantKey = z.iso.datetime({ precision: 3 });

const ORDERS: Record<ListInput["sort"], Order> = {
  newest: {
    by: [desc(assets.createdAt), desc(assets.id)],
    key: ({ row }) => row.createdAt.toISOString(),
    behind: (cursor) => {
      const after = decodeCursor(cursor, z.tuple([z.literal("newest"), instantKey, z.uuid()]));
      return (
        after && sql`(${assets.createdAt}, ${assets.id}) < (${after[1]}::timestamptz, ${after[2]}::uuid)`
      );
    },
  },
  oldest: {
    by: [asc(assets.createdAt), asc(assets.id)],
    key: ({ row }) => row.createdAt.toISOString(),
    behind: (cursor) => {
      const after = decodeCursor(cursor, z.tuple([z.literal("oldest"), instantKey, z.uuid()]));
      return (
        after && sql`(${assets.createdAt}, ${assets.id}) > (${after[1]}::timestamptz, ${after[2]}::uuid)`
      );
    },
  },
  name: {
    by: [asc(assets.name), asc(assets.id)],
    key: ({ row }) => row.name,
    behind: (cursor) => {
      const after = decodeCursor(cursor, z.tuple([z.literal("name"), z.string().max(200), z.uuid()]));
      return after && sql`(${assets.name}, ${assets.id}) > (${after[1]}, ${after[2]}::uuid)`;
    },
  },
  largest: {
    by: [desc(assets.sizeBytes), desc(assets.id)],
    key: ({ row }) => row.sizeBytes,
    behind: (cursor) => {
      const after = decodeCursor(cursor, z.tuple([z.literal("largest"), z.int().min(0), z.uuid()]));
      return after && sql`(${assets.sizeBytes}, ${assets.id}) < (${after[1]}::bigint, ${after[2]}::uuid)`;
    },
  },
};
