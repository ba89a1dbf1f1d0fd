import type { listAssetsInput } from "@vitrine/core/model/asset";
import { assets, assetTags } from "@vitrine/db/schema";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type * as z from "zod";

export type AssetFilter = z.infer<typeof listAssetsInput>;

/**
 * How text is searched for. `index`: by the trigram index, which is quick for what few rows have. `walk`: by looking
 * at rows in order, which is quick for what many have. Both find the same.
 */
export type SearchWay = "index" | "walk";

/** Which conditions a filter has, apart from their values: statements are built once for each form. */
export type FilterForm = {
  hasKind: boolean;
  hasState: boolean;
  hasTag: boolean;
  of: "business" | "none" | "any";
  search: SearchWay | "none";
};

export function formOf({ kind, state, tag, businessId, search }: AssetFilter, way: SearchWay): FilterForm {
  return {
    hasKind: kind !== undefined,
    hasState: state !== undefined,
    hasTag: tag !== undefined,
    of: businessId === undefined ? "any" : businessId === "none" ? "none" : "business",
    search: search === undefined ? "none" : way,
  };
}

/** The values of the conditions, by the names of their placeholders. */
export function valuesOf({
  kind,
  state,
  tag,
  businessId,
  search,
  removed,
}: AssetFilter): Record<string, unknown> {
  const pattern = `%${(search ?? "").replace(/[\\%_]/g, (one) => `\\${one}`)}%`;
  return { isActive: !removed, kind, state, tag, businessId, search, pattern };
}

const organizationId = sql.placeholder("organizationId");

/** The conditions but the search. */
export function matchesFilter(form: FilterForm): SQL | undefined {
  return and(
    eq(assets.organizationId, organizationId),
    eq(assets.isActive, sql.placeholder("isActive")),
    form.hasKind ? eq(assets.kind, sql.placeholder("kind")) : undefined,
    form.hasState ? eq(assets.state, sql.placeholder("state")) : undefined,
    form.hasTag
      ? sql`exists (select from ${assetTags} where ${assetTags.organizationId} = ${organizationId}
          and ${assetTags.assetId} = ${assets.id} and ${assetTags.tag} = ${sql.placeholder("tag")})`
      : undefined,
    form.of === "business" ? eq(assets.businessId, sql.placeholder("businessId")) : undefined,
    form.of === "none" ? isNull(assets.businessId) : undefined,
  );
}

/** The condition that the trigram index finds the text in a name or a tag. */
export function isFoundByIndex(): SQL {
  return sql`${assets.id} in (select app.search_assets(${sql.placeholder("search")}))`;
}

/** The condition that a row's name or one of its tags contains the text, row by row: `offset 0` keeps it from reading all tags. */
export function isFoundByLooking(row: { id: unknown; name: unknown }): SQL {
  return sql`(${row.name} ilike ${sql.placeholder("pattern")} or exists (select from ${assetTags}
    where ${assetTags.organizationId} = ${organizationId} and ${assetTags.assetId} = ${row.id}
      and ${assetTags.tag} ilike ${sql.placeholder("pattern")} offset 0))`;
}

/** The same for counting all rows: tags are looked at once and together. */
export function isFoundByLookingAtAll(): SQL {
  return sql`(${assets.name} ilike ${sql.placeholder("pattern")} or ${assets.id} in (select ${assetTags.assetId}
    from ${assetTags} where ${assetTags.organizationId} = ${organizationId}
      and ${assetTags.tag} ilike ${sql.placeholder("pattern")}))`;
}
