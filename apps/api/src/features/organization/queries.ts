import { appError } from "@vitrine/core/model/errors";
import type { OrganizationView } from "@vitrine/core/model/organization";
import type { Database } from "@vitrine/db/database";
import { blobs, organizations } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { eq, sql } from "drizzle-orm";

/** The organization of the scope. */
export async function getOrganization(
  database: Database,
  scope: OrganizationScope,
): Promise<OrganizationView> {
  const { organizationId } = scope;
  const [rows, sizes] = await database.batch(scope, (q) => [
    q
      .select({ row: organizations, slug: sql<string>`app.find_slug()` })
      .from(organizations)
      .where(eq(organizations.organizationId, organizationId)),
    q
      .select({ storageBytes: sql<number>`coalesce(sum(${blobs.sizeBytes}), 0)::float8` })
      .from(blobs)
      .where(eq(blobs.organizationId, organizationId)),
  ]);
  const [found] = rows;
  if (!found) throw appError("NOT_FOUND");
  const { row, slug } = found;
  return {
    id: organizationId,
    name: row.name,
    slug,
    timeZone: row.timeZone,
    defaultDurationMs: row.defaultDurationMs,
    defaultPlaylistId: row.defaultPlaylistId,
    graceMs: row.graceMs,
    storageBytes: sizes[0]?.storageBytes ?? 0,
    createdAt: row.createdAt.toISOString(),
  };
}
