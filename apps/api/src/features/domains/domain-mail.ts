import type { OrganizationTransaction } from "@vitrine/db/database";
import { memberships, organizations } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { MailFault } from "../../mail/mail-fault.ts";
import { domainLetter } from "../../mail/templates/domain.ts";
import { enqueueJob, type QueuedJob } from "../../platform/queue.ts";
import type { Services } from "../../services.ts";
import { recordName } from "./queries.ts";

const RUNNING = ["owner", "admin"] as const;
/** Beyond this many who run an organization, those who joined last are not written to. */
const MOST = 50;

const jobData = z.object({
  organizationId: z.uuid(),
  kind: z.literal("domain"),
  domain: z.string(),
  userId: z.uuid(),
  until: z.iso.datetime({ precision: 3 }).nullable(),
});

/** Has those who run the organization told that a domain's record is gone; `until`: when it is trusted no more, null: now. */
export async function enqueueDomainMails(
  tx: OrganizationTransaction,
  domain: string,
  until: Date | null,
): Promise<void> {
  const people = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, tx.scope.organizationId),
        eq(memberships.isActive, true),
        isAnyOf(memberships.role, "text", RUNNING),
      ),
    )
    .orderBy(memberships.joinedAt)
    .limit(MOST);
  for (const { userId } of people) {
    const data = { kind: "domain", domain, userId, until: until?.toISOString() ?? null };
    await enqueueJob(tx, "send-mail", data);
  }
}

/** Sends one of these messages, unless its reader has gone since. Rejects, to be tried again, while it may still be taken. */
export async function sendDomainMail(services: Services, job: QueuedJob): Promise<void> {
  const { organizationId, domain, userId, until } = jobData.parse(job.data);
  const [rows] = await services.database.batch(organizationScope(organizationId), (q) => [
    q
      .select({
        organizationName: organizations.name,
        brandColor: organizations.brandColor,
        name: sql<string>`people.name`,
        email: sql<string>`people.email`,
      })
      .from(memberships)
      .innerJoin(organizations, eq(organizations.organizationId, memberships.organizationId))
      .innerJoin(sql`app.list_people() people`, sql`people.user_id = ${memberships.userId}`)
      .where(
        and(
          eq(memberships.organizationId, organizationId),
          eq(memberships.userId, userId),
          eq(memberships.isActive, true),
        ),
      ),
  ]);
  const [reader] = rows;
  if (!reader) return;
  const letter = domainLetter({
    ...reader,
    domain,
    recordName: recordName(domain),
    until: until === null ? null : new Date(until),
    url: `${services.ownOrigin()}/settings/domains`,
  });
  try {
    await services.mailer.send({ id: job.id, to: reader.email, ...letter }, job.signal);
  } catch (error) {
    if (!(error instanceof MailFault) || (!error.isPermanent && !job.isLastTry)) throw error;
    services.log.warn({ fault: error.message, domain }, "a message about a domain was given up");
  }
}
