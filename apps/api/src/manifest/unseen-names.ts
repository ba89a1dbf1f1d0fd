import type { Database } from "@vitrine/db/database";
import { assets, layouts, playlists, scheduleEntries } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { arrayOf } from "@vitrine/db/values";
import { sql } from "drizzle-orm";
import type { ManifestContent } from "./manifest-content.ts";

/** The same content with empty names where the scope, which is limited to businesses, does not see the thing. */
export async function withoutNamesUnseen(
  database: Database,
  scope: OrganizationScope,
  content: ManifestContent,
): Promise<ManifestContent> {
  const { organizationId } = scope;
  const parts = [assets, layouts, playlists, scheduleEntries].map(
    (table) =>
      sql`select id from ${table} where organization_id = ${organizationId}
        and id = any(${arrayOf("uuid", content.subjectIds)})`,
  );
  const [rows] = await database.batch(scope, (q) => [
    q.execute<{ id: string }>(sql.join(parts, sql` union all `)),
  ]);
  const seen = new Set(rows.map(({ id }) => id));
  const named = <Thing extends { id: string; name: string }>(list: readonly Thing[]) =>
    list.map((one) => (seen.has(one.id) ? one : { ...one, name: "" }));
  return {
    ...content,
    assets: named(content.assets),
    layouts: named(content.layouts),
    playlists: named(content.playlists),
    entries: named(content.entries),
  };
}
