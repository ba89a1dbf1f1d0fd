import { appError } from "@vitrine/core/model/errors";
import type { NotificationChoices, NotificationKind } from "@vitrine/core/model/notifications";
import type { Database } from "@vitrine/db/database";
import { memberships, organizations } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, eq } from "drizzle-orm";

/** What a member is not told of by mail: by the organization, and by themselves. Errors: NOT_FOUND. */
export async function getChoices(
  database: Database,
  scope: OrganizationScope,
  userId: string,
): Promise<NotificationChoices> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({ organization: organizations.mutedNotifications, own: memberships.mutedNotifications })
      .from(memberships)
      .innerJoin(organizations, eq(organizations.organizationId, memberships.organizationId))
      .where(isMember(scope, userId)),
  ]);
  const [choices] = rows;
  if (!choices) throw appError("NOT_FOUND");
  return choices;
}

/** Has a member told of everything but these kinds from now on, as far as the organization has anybody told. */
export async function muteNotifications(
  database: Database,
  scope: OrganizationScope,
  { userId, muted }: { userId: string; muted: NotificationKind[] },
): Promise<void> {
  await database.batch(scope, (q) => [
    q.update(memberships).set({ mutedNotifications: muted }).where(isMember(scope, userId)),
  ]);
}

function isMember({ organizationId }: OrganizationScope, userId: string) {
  return and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId));
}
