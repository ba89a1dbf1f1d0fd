import { defineBatch } from "@vitrine/db/batch";
import type { BatchHandle } from "@vitrine/db/database";
import { assets, organizations } from "@vitrine/db/schema";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import {
  type AssetFilter,
  type FilterForm,
  formOf,
  isFoundByIndex,
  isFoundByLooking,
  isFoundByLookingAtAll,
  matchesFilter,
  type SearchWay,
  valuesOf,
} from "./asset-filter.ts";
import { type AssetRow, assetColumns, tagsOf } from "./asset-view.ts";

type Sort = AssetFilter["sort"];
type Values = Record<string, unknown>;

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

/** A search by looking goes over so many rows of the order, and leaves the rest to the index. */
const ROWS_LOOKED_AT = 1000;

/**
 * The statement that reads one page, prepared once for each form that a filter can have: at least one row more than
 * the page has, where there is one, in order, behind the cursor; and with them the organization's content revision.
 * By `walk`, fewer rows than that say nothing. INVALID_INPUT for a cursor of another list.
 */
export function pageStatement(filter: AssetFilter, way: SearchWay) {
  const { cursor, sort, limit } = filter;
  const shape = z.tuple([z.literal(sort), ORDERS[sort].shape, z.uuid()]);
  const after: readonly (string | number)[] | undefined = decodeCursor(cursor, shape);
  const values = { ...valuesOf(filter), ...(after && { afterKey: after[1], afterId: after[2] }) };
  // One of two numbers of rows, so that statements stay few.
  const rows = (limit <= 60 ? 60 : 200) + 1;
  const form = { ...formOf(filter, way), isContinued: after !== undefined, sort, rows };
  return { batch: prepared(pages, form, definePage), values };
}

/** The statement that counts all rows of a filter, whatever the page. */
export function totalStatement(filter: AssetFilter, way: SearchWay) {
  return { batch: prepared(totals, formOf(filter, way), defineTotal), values: valuesOf(filter) };
}

/** The cursor behind this row. */
export function cursorBehind(sort: Sort, row: AssetRow): string {
  const keys = {
    newest: row.createdAt.toISOString(),
    oldest: row.createdAt.toISOString(),
    name: row.name,
    largest: row.sizeBytes,
  };
  return encodeCursor([sort, keys[sort], row.id]);
}

type PageForm = FilterForm & { isContinued: boolean; sort: Sort; rows: number };

function definePage(form: PageForm) {
  const { key, type, isRising } = ORDERS[form.sort];
  const direction = isRising ? asc : desc;
  const behind = form.isContinued
    ? sql`(${key}, ${assets.id}) ${sql.raw(isRising ? ">" : "<")}
        (${sql.placeholder("afterKey")}::${sql.raw(type)}, ${sql.placeholder("afterId")}::uuid)`
    : undefined;
  return defineBatch<Values>()((q: BatchHandle) => {
    const walked = form.search === "walk";
    const page = q
      .select(assetColumns)
      .from(assets)
      .where(and(matchesFilter(form), behind, form.search === "index" ? isFoundByIndex() : undefined))
      .orderBy(direction(assets.isActive), direction(key), direction(assets.id))
      .limit(walked ? ROWS_LOOKED_AT : form.rows)
      .as("page");
    const keys = { newest: page.createdAt, oldest: page.createdAt, name: page.name, largest: page.sizeBytes };
    const rows = q
      .select({
        ...page._.selectedFields,
        tags: tagsOf(page.id),
        createdByName: sql<string | null>`people.name`,
      })
      .from(page)
      .leftJoin(sql`app.list_people() people`, sql`people.user_id = ${page.createdBy}`)
      .where(walked ? isFoundByLooking(page) : undefined)
      .orderBy(direction(keys[form.sort]), direction(page.id))
      .limit(form.rows);
    const revision = q
      .select({ revision: organizations.contentRevision })
      .from(organizations)
      .where(eq(organizations.organizationId, sql.placeholder("organizationId")));
    return [rows, revision];
  });
}

function defineTotal(form: FilterForm) {
  const found = { none: undefined, index: isFoundByIndex(), walk: isFoundByLookingAtAll() }[form.search];
  return defineBatch<Values>()((q: BatchHandle) => [
    q
      .select({ total: sql<number>`count(*)` })
      .from(assets)
      .where(and(matchesFilter(form), found)),
  ]);
}

const pages = new Map<string, ReturnType<typeof definePage>>();
const totals = new Map<string, ReturnType<typeof defineTotal>>();

/** A statement by its form: forms are few, so each is built once in a process. */
function prepared<Form, Batch>(known: Map<string, Batch>, form: Form, define: (form: Form) => Batch): Batch {
  const name = JSON.stringify(form);
  const found = known.get(name);
  if (found !== undefined) return found;
  const made = define(form);
  known.set(name, made);
  return made;
}
