import type { memberView } from "@vitrine/core/model/organization";
import type { Page } from "@vitrine/core/model/paging";
import type { Database } from "@vitrine/db/database";
import { memberships } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, count, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";

type Member = z.infer<typeof memberView>;
const cursorKey = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

/** People of the organization by the time they joined; at most `limit` after the cursor. */
export async function listMembers(
  database: Database,
  scope: OrganizationScope,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<Member>> {
  const { organizationId } = scope;
  const after = decodeCursor(cursor, cursorKey);
  const people = sql`app.list_people()`;
  const [rows, counted] = await database.batch(scope, (q) => [
    q
      .select({
        userId: memberships.userId,
        role: memberships.role,
        joinedAt: memberships.joinedAt,
        isActive: memberships.isActive,
        name: sql<string>`person.name`,
        email: sql<string>`person.email`,
      })
      .from(memberships)
      .innerJoin(sql`${people} as person`, sql`person.user_id = ${memberships.userId}`)
      .where(
        and(
          eq(memberships.organizationId, organizationId),
          after &&
            sql`(${memberships.joinedAt}, ${memberships.userId}) > (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(memberships.joinedAt, memberships.userId)
      .limit(limit + 1),
    q.select({ total: count() }).from(memberships).where(eq(memberships.organizationId, organizationId)),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() })),
    nextCursor: last ? encodeCursor([last.joinedAt.toISOString(), last.userId]) : null,
    total: counted[0]?.total ?? 0,
  };
}
