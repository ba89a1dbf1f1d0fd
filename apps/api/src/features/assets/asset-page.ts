import type { listAssetsInput } from "@vitrine/core/model/asset";
import { defineBatch } from "@vitrine/db/batch";
import type { BatchHandle } from "@vitrine/db/database";
import { assets, assetTags, organizations } from "@vitrine/db/schema";
import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { type AssetRow, assetColumns, tagsOf } from "./asset-view.ts";

type Filter = z.infer<typeof listAssetsInput>;
type Sort = Filter["sort"];

/** The values of a page's statement, by the names of its placeholders. */
type PageValues = Record<string, unknown>;
type Page = { batch: ReturnType<typeof definePage>; values: PageValues };
type Total = { batch: ReturnType<typeof defineTotal>; values: PageValues };

/** What an ordered list is sorted by, which way, and what a cursor of it holds. */
const ORDERS = {
  newest: {
    key: assets.createdAt,
    type: "timestamptz",
    isRising: false,
    shape: z.iso.datetime({ precision: 3 }),
  },
  oldest: {
    key: assets.createdAt,
    type: "timestamptz",
    isRising: true,
    shape: z.iso.datetime({ precision: 3 }),
  },
  name: { key: assets.name, type: "text", isRising: true, shape: z.string().max(200) },
  largest: { key: assets.sizeBytes, type: "bigint", isRising: false, shape: z.int().min(0) },
} as const;

/**
 * The statement that reads one page, prepared once for each form that a filter can have: at most `rowsRead(limit)`
 * rows in order, behind the cursor, and with them the organization's content revision. INVALID_INPUT for a
 * cursor of another list.
 */
export function pageStatement(filter: Filter): Page {
  const { cursor, sort } = filter;
  const shape = z.tuple([z.literal(sort), ORDERS[sort].shape, z.uuid()]);
  const after: readonly (string | number)[] | undefined = decodeCursor(cursor, shape);
  const values = { ...valuesOf(filter), ...(after && { afterKey: after[1], afterId: after[2] }) };
  const form = { ...formOf(filter), isContinued: after !== undefined, sort, rows: rowsRead(filter.limit) };
  return { batch: prepared(pages, form, definePage), values };
}

/** The statement that counts all rows of a filter, whatever the page. */
export function totalStatement(filter: Filter): Total {
  return { batch: prepared(totals, formOf(filter), defineTotal), values: valuesOf(filter) };
}

/** How many rows are read for a page of `limit`: one of two numbers, so that statements stay few. */
export function rowsRead(limit: number): number {
  return (limit <= 60 ? 60 : 200) + 1;
}

/** The cursor behind this row. */
export function cursorBehind(sort: Sort, row: AssetRow): string {
  const keys = { newest: row.createdAt.toISOString(), oldest: row.createdAt.toISOString(), name: row.name };
  return encodeCursor([sort, sort === "largest" ? row.sizeBytes : keys[sort], row.id]);
}

/** Which conditions a filter has, apart from their values. */
type Form = { hasKind: boolean; hasState: boolean; hasTag: boolean; hasSearch: boolean };
type PageForm = Form & { isContinued: boolean; sort: Sort; rows: number };

function formOf({ kind, state, tag, search }: Filter): Form {
  return {
    hasKind: kind !== undefined,
    hasState: state !== undefined,
    hasTag: tag !== undefined,
    hasSearch: search !== undefined,
  };
}

function valuesOf({ kind, state, tag, search, removed }: Filter): PageValues {
  return { isActive: !removed, kind, state, tag, search };
}

const organizationId = sql.placeholder("organizationId");

function matches(form: Form): SQL | undefined {
  return and(
    eq(assets.organizationId, organizationId),
    eq(assets.isActive, sql.placeholder("isActive")),
    form.hasKind ? eq(assets.kind, sql.placeholder("kind")) : undefined,
    form.hasState ? eq(assets.state, sql.placeholder("state")) : undefined,
    form.hasTag
      ? sql`exists (select from ${assetTags} where ${assetTags.organizationId} = ${organizationId}
          and ${assetTags.assetId} = ${assets.id} and ${assetTags.tag} = ${sql.placeholder("tag")})`
      : undefined,
    form.hasSearch
      ? sql`${assets.id} in (select app.search_assets(${sql.placeholder("search")}))`
      : undefined,
  );
}

function definePage(form: PageForm) {
  const { key, type, isRising } = ORDERS[form.sort];
  const direction = isRising ? asc : desc;
  const behind = form.isContinued
    ? sql`(${key}, ${assets.id}) ${sql.raw(isRising ? ">" : "<")} (${sql.placeholder("afterKey")}::${sql.raw(type)}, ${sql.placeholder("afterId")}::uuid)`
    : undefined;
  return defineBatch<PageValues>()((q: BatchHandle) => {
    const page = q
      .select(assetColumns)
      .from(assets)
      .where(and(matches(form), behind))
      .orderBy(direction(assets.isActive), direction(key), direction(assets.id))
      .limit(form.rows)
      .as("page");
    const keys = { newest: page.createdAt, oldest: page.createdAt, name: page.name, largest: page.sizeBytes };
    return [
      q
        .select({
          ...page._.selectedFields,
          tags: tagsOf(page.id),
          createdByName: sql<string | null>`people.name`,
        })
        .from(page)
        .leftJoin(sql`app.list_people() people`, sql`people.user_id = ${page.createdBy}`)
        .orderBy(direction(keys[form.sort]), direction(page.id)),
      q
        .select({ revision: organizations.contentRevision })
        .from(organizations)
        .where(eq(organizations.organizationId, organizationId)),
    ];
  });
}

function defineTotal(form: Form) {
  return defineBatch<PageValues>()((q: BatchHandle) => [
    q.select({ total: sql<number>`count(*)` }).from(assets).where(matches(form)),
  ]);
}

const pages = new Map<string, ReturnType<typeof definePage>>();
const totals = new Map<string, ReturnType<typeof defineTotal>>();

/** A statement by its form: forms are few, so each is built once in a process. */
function prepared<One, Batch>(known: Map<string, Batch>, form: One, define: (form: One) => Batch): Batch {
  const name = JSON.stringify(form);
  const found = known.get(name);
  if (found !== undefined) return found;
  const made = define(form);
  known.set(name, made);
  return made;
}
