import { appError } from "@vitrine/core/model/errors";
import type { listMembersInput, MemberView, whoMayInput } from "@vitrine/core/model/member";
import type { Page } from "@vitrine/core/model/paging";
import { grantsIncluding, isGranted, ROLE_GRANTS, ROLES } from "@vitrine/core/model/permissions";
import type { Database } from "@vitrine/db/database";
import { memberships, organizations } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { isAnyOf } from "@vitrine/db/values";
import { and, count, eq, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { EXTRA } from "./extra.ts";
import { LIMIT_OF_MEMBER } from "./limits.ts";

const cursorKey = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);
const PERSON = {
  userId: memberships.userId,
  role: memberships.role,
  extra: EXTRA,
  businesses: LIMIT_OF_MEMBER,
  joinedAt: memberships.joinedAt,
  name: sql<string>`person.name`,
  email: sql<string>`person.email`,
  hasSecondFactor: sql<boolean>`${memberships.userId} in (select app.list_second_factors())`,
};
/** To be joined with: name and address of everybody who is or was a member. */
const PEOPLE = sql`app.list_people() as person`;
const IS_PERSON = sql`person.user_id = ${memberships.userId}`;

/** Members by the time they joined; at most `limit` after the cursor. */
export function listMembers(
  database: Database,
  scope: OrganizationScope,
  { search, role, isOutside, ...page }: z.infer<typeof listMembersInput>,
): Promise<Page<MemberView>> {
  const wanted = and(
    role && eq(memberships.role, role),
    search === undefined ? undefined : isFoundBy(search),
    isOutside && IS_OUTSIDE,
  );
  return pageOfMembers(database, scope, wanted, page);
}

/** Members who may do one thing, by their role or beyond it. */
export function whoMay(
  database: Database,
  scope: OrganizationScope,
  { permission, ...page }: z.infer<typeof whoMayInput>,
): Promise<Page<MemberView>> {
  const roles = ROLES.filter((role) => isGranted(ROLE_GRANTS[role], permission));
  const isHeld = isAnyOf(sql`(one ->> 'grant')`, "text", grantsIncluding(permission));
  const wanted = or(
    isAnyOf(memberships.role, "text", roles),
    sql`exists (select from jsonb_array_elements(${EXTRA}) one where ${isHeld})`,
  );
  return pageOfMembers(database, scope, wanted, page);
}

async function pageOfMembers(
  database: Database,
  scope: OrganizationScope,
  wanted: SQL | undefined,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<MemberView>> {
  const after = decodeCursor(cursor, cursorKey);
  const found = and(
    eq(memberships.organizationId, scope.organizationId),
    eq(memberships.isActive, true),
    wanted,
  );
  const [rows, counted] = await database.batch(scope, (q) => [
    q
      .select(PERSON)
      .from(memberships)
      .innerJoin(PEOPLE, IS_PERSON)
      .where(
        and(
          found,
          after &&
            sql`(${memberships.joinedAt}, ${memberships.userId}) > (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(memberships.joinedAt, memberships.userId)
      .limit(limit + 1),
    q.select({ total: count() }).from(memberships).innerJoin(PEOPLE, IS_PERSON).where(found),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(toMemberView),
    nextCursor: last ? encodeCursor([last.joinedAt.toISOString(), last.userId]) : null,
    total: counted[0]?.total ?? 0,
  };
}

/** One member. Errors: NOT_FOUND. */
export async function getMember(
  database: Database,
  scope: OrganizationScope,
  userId: string,
): Promise<MemberView> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select(PERSON)
      .from(memberships)
      .innerJoin(PEOPLE, IS_PERSON)
      .where(
        and(
          eq(memberships.organizationId, scope.organizationId),
          eq(memberships.userId, userId),
          eq(memberships.isActive, true),
        ),
      ),
  ]);
  const member = rows[0];
  if (!member) throw appError("NOT_FOUND");
  return toMemberView(member);
}

/** Whose address the organization would not take now. */
const IS_OUTSIDE = sql`exists (
  select from ${organizations} own where own.organization_id = ${memberships.organizationId}
    and own.allowed_email_domains <> '{}' and not split_part(person.email, '@', 2) = any (own.allowed_email_domains)
)`;

function isFoundBy(search: string): SQL {
  return sql`position(lower(${search}) in lower(person.name || ' ' || person.email)) > 0`;
}

function toMemberView({
  joinedAt,
  ...member
}: Omit<MemberView, "joinedAt"> & { joinedAt: Date }): MemberView {
  return { ...member, joinedAt: joinedAt.toISOString() };
}
