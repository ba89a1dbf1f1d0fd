import { mayBeNotified, type NotificationKind } from "@vitrine/core/model/notifications";
import { memberships, organizations } from "@vitrine/db/schema";
import { type OrganizationScope, organizationScope } from "@vitrine/db/scope";
import { and, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { MailFault } from "../../mail/mail-fault.ts";
import { type NotificationFacts, notificationLetter } from "../../mail/templates/notification.ts";
import type { QueuedJob } from "../../platform/queue.ts";
import type { Services } from "../../services.ts";
import { recordName, subdomainOrigin } from "../domains/queries.ts";
import { findMailLogo } from "../organization/mail-logo.ts";
import { type Notification, notification as notificationSchema } from "./notification.ts";

const jobData = z.object({
  organizationId: z.uuid(),
  kind: z.literal("notification"),
  userId: z.uuid(),
  notification: notificationSchema,
});

/** Where more is to be seen of what is told. */
const PAGES: Record<NotificationKind, string> = {
  invitationAccepted: "/settings/people",
  memberLeft: "/settings/people",
  planNearLimit: "/settings/plan",
  domainRecord: "/settings/domains",
};

/**
 * Tells one member what happened, unless they are gone since, may not be told any more, or it was switched off by them or
 * for everybody. Rejects, to be tried again, while the mail server may still take it.
 */
export async function sendNotification(services: Services, job: QueuedJob): Promise<void> {
  const { organizationId, userId, notification } = jobData.parse(job.data);
  const { kind } = notification;
  const scope = organizationScope(organizationId);
  const reader = await findReader(services, scope, userId, kind);
  const told = reader && (await describe(services, scope, notification));
  if (!reader || !told) return;
  const origin = subdomainOrigin(services, reader.slug) ?? services.ownOrigin();
  const picture = await findMailLogo(services, scope);
  const letter = notificationLetter({
    ...reader,
    logo: picture?.id,
    told,
    url: origin + PAGES[kind],
    settingsUrl: `${origin}/settings/notifications`,
  });
  try {
    const pictures = picture ? [picture] : [];
    // Sent again by another try, it is the same message to mail programs.
    await services.mailer.send({ id: job.id, to: reader.email, ...letter, pictures }, job.signal);
  } catch (error) {
    if (!(error instanceof MailFault) || (!error.isPermanent && !job.isLastTry)) throw error;
    services.log.warn({ fault: error.message, kind }, "a notification was given up");
  }
}

async function findReader(
  { database }: Services,
  scope: OrganizationScope,
  userId: string,
  kind: NotificationKind,
) {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({
        organizationName: organizations.name,
        brandColor: organizations.brandColor,
        slug: sql<string>`app.find_slug()`,
        role: memberships.role,
        name: sql<string>`people.name`,
        email: sql<string>`people.email`,
      })
      .from(memberships)
      .innerJoin(organizations, eq(organizations.organizationId, memberships.organizationId))
      .innerJoin(PEOPLE, IS_PERSON)
      .where(
        and(
          isMember(scope, userId),
          eq(memberships.isActive, true),
          sql`not ${kind} = any(${organizations.mutedNotifications} || ${memberships.mutedNotifications})`,
        ),
      ),
  ]);
  return rows.find(({ role }) => mayBeNotified(kind, role));
}

/** What is told, in full; undefined where it was about somebody of whom nothing is left. */
async function describe(
  services: Services,
  scope: OrganizationScope,
  notification: Notification,
): Promise<NotificationFacts["told"] | undefined> {
  switch (notification.kind) {
    case "invitationAccepted":
    case "memberLeft": {
      const person = await findPerson(services, scope, notification.memberId);
      return person && { ...notification, person };
    }
    case "planNearLimit":
      return notification;
    case "domainRecord": {
      const { domain, until } = notification;
      return {
        ...notification,
        recordName: recordName(domain),
        until: until === null ? null : new Date(until),
      };
    }
  }
}

/** Somebody who is or was a member. */
async function findPerson({ database }: Services, scope: OrganizationScope, userId: string) {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({ role: memberships.role, name: sql<string>`people.name`, email: sql<string>`people.email` })
      .from(memberships)
      .innerJoin(PEOPLE, IS_PERSON)
      .where(isMember(scope, userId)),
  ]);
  return rows[0];
}

const PEOPLE = sql`app.list_people() people`;
const IS_PERSON = sql`people.user_id = ${memberships.userId}`;

function isMember({ organizationId }: OrganizationScope, userId: string) {
  return and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId));
}
