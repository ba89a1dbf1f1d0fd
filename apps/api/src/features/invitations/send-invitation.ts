import { invitations, organizations } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { invitationUrl } from "../../auth/invitation-tokens.ts";
import { MailFault } from "../../mail/mail-fault.ts";
import type { Mail } from "../../mail/mailer.ts";
import { invitation as writeInvitation } from "../../mail/templates/invitation.ts";
import type { QueuedJob } from "../../platform/queue.ts";
import type { Services } from "../../services.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { findMailLogo } from "../organization/mail-logo.ts";
import { IS_OPEN } from "./queries.ts";

const jobData = z.object({
  organizationId: z.uuid(),
  kind: z.literal("invitation"),
  id: z.uuid(),
  issue: z.int(),
  /** Where its reader finds the dashboard. */
  origin: z.url(),
});
type Outcome = Pick<typeof invitations.$inferSelect, "mail" | "mailFault">;

/**
 * Sends an invitation's message, unless it was taken up, withdrawn or sent anew meanwhile, and notes how that ended.
 * Its secret is made here and stored nowhere. Rejects, to be tried again, while the mail server may still take it.
 */
export async function sendInvitation(services: Services, job: QueuedJob): Promise<void> {
  const { organizationId, id, issue, origin } = jobData.parse(job.data);
  const ctx: CommandContext = {
    services,
    scope: organizationScope(organizationId),
    actor: { kind: "system", id: null, name: "Vitrine" },
    requestId: job.id,
    remoteAddress: "",
  };
  const isIt = and(
    eq(invitations.organizationId, organizationId),
    eq(invitations.id, id),
    eq(invitations.issue, issue),
    IS_OPEN,
  );
  const [rows] = await services.database.batch(ctx.scope, (q) => [
    q
      .select({
        email: invitations.email,
        role: invitations.role,
        expiresAt: invitations.expiresAt,
        organizationName: organizations.name,
        brandColor: organizations.brandColor,
        invitedByName: sql<string | null>`people.name`,
      })
      .from(invitations)
      .innerJoin(organizations, eq(organizations.organizationId, invitations.organizationId))
      .leftJoin(sql`app.list_people() people`, sql`people.user_id = ${invitations.invitedBy}`)
      .where(isIt),
  ]);
  const invitation = rows[0];
  if (!invitation) return;
  const url = invitationUrl(services.mac, origin, { organizationId, id, issue }, "mailed");
  const picture = await findMailLogo(services, ctx.scope);
  const message = {
    ...writeInvitation({ ...invitation, url, logo: picture?.id }),
    pictures: picture ? [picture] : [],
  };
  const outcome = await trySending(services, job, invitation.email, message);
  await runCommand(ctx, async (tx, record) => {
    await tx.update(invitations).set(outcome).where(isIt);
    record.changed("invitation", [id], outcome.mail);
  });
}

async function trySending(
  { mailer }: Services,
  job: QueuedJob,
  to: string,
  message: Omit<Mail, "id" | "to">,
): Promise<Outcome> {
  try {
    // Sent again by another try, it is the same message to mail programs.
    await mailer.send({ id: job.id, to, ...message }, job.signal);
    return { mail: mailer.outcome, mailFault: null };
  } catch (error) {
    if (!(error instanceof MailFault) || (!error.isPermanent && !job.isLastTry)) throw error;
    return { mail: "failed", mailFault: error.message };
  }
}
