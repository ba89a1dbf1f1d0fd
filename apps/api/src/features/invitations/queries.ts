import type { InvitationView, listInvitationsInput } from "@vitrine/core/model/member";
import type { Page } from "@vitrine/core/model/paging";
import type { Database } from "@vitrine/db/database";
import { invitations } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { isAnyOf } from "@vitrine/db/values";
import { and, count, desc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import type { Clock } from "../../platform/clock.ts";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { LIMIT_OF_INVITATION } from "../members/limits.ts";

export type Asking = { database: Database; clock: Clock; scope: OrganizationScope };
const cursorKey = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

const COLUMNS = {
  id: invitations.id,
  email: invitations.email,
  role: invitations.role,
  businesses: LIMIT_OF_INVITATION,
  invitedByName: sql<string | null>`people.name`,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
  mail: invitations.mail,
  mailFault: invitations.mailFault,
};
type Row = Omit<InvitationView, "createdAt" | "expiresAt" | "isExpired"> & {
  createdAt: Date;
  expiresAt: Date;
};
const PEOPLE = sql`app.list_people() people`;
const IS_INVITER = sql`people.user_id = ${invitations.invitedBy}`;

/** Whether it was neither taken up nor withdrawn. */
export const IS_OPEN = sql`${invitations.acceptedAt} is null and ${invitations.withdrawnAt} is null`;

/** Open invitations, newest first; at most `limit` after the cursor. */
export async function listInvitations(
  asking: Asking,
  { cursor, limit }: z.infer<typeof listInvitationsInput>,
): Promise<Page<InvitationView>> {
  const after = decodeCursor(cursor, cursorKey);
  const open = and(eq(invitations.organizationId, asking.scope.organizationId), IS_OPEN);
  const [rows, counted] = await asking.database.batch(asking.scope, (q) => [
    q
      .select(COLUMNS)
      .from(invitations)
      .leftJoin(PEOPLE, IS_INVITER)
      .where(
        and(
          open,
          after &&
            sql`(${invitations.createdAt}, ${invitations.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(invitations.createdAt), desc(invitations.id))
      .limit(limit + 1),
    q.select({ total: count() }).from(invitations).where(open),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => toView(row, asking.clock)),
    nextCursor: last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
    total: counted[0]?.total ?? 0,
  };
}

/** The open invitations with these ids, newest first. */
export async function findInvitations(asking: Asking, ids: readonly string[]): Promise<InvitationView[]> {
  const [rows] = await asking.database.batch(asking.scope, (q) => [
    q
      .select(COLUMNS)
      .from(invitations)
      .leftJoin(PEOPLE, IS_INVITER)
      .where(
        and(
          eq(invitations.organizationId, asking.scope.organizationId),
          isAnyOf(invitations.id, "uuid", ids),
          IS_OPEN,
        ),
      )
      .orderBy(desc(invitations.createdAt), desc(invitations.id)),
  ]);
  return rows.map((row) => toView(row, asking.clock));
}

function toView({ createdAt, expiresAt, ...row }: Row, clock: Clock): InvitationView {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    isExpired: expiresAt.getTime() <= clock.nowMs(),
  };
}
