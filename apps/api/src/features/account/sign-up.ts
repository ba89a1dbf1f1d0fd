import type { signUpInput } from "@vitrine/core/model/account";
import { timeZone } from "@vitrine/core/model/ids";
import { organizationScope } from "@vitrine/db/scope";
import { sql } from "drizzle-orm";
import type * as z from "zod";
import { networkOf } from "../../platform/networks.ts";
import { enqueueJob } from "../../platform/queue.ts";
import { runCommand } from "../../trpc/command.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { foundOrganization } from "../organization/found-organization.ts";
import type { AccountMail } from "./account-mail.ts";
import { admit, writeFirstEntry } from "./open-session.ts";
import { requireSignUpWay } from "./request-sign-up.ts";
import { askedBy } from "./trace.ts";

/**
 * Makes a person and their organization and signs them in, all of it or nothing. The address is theirs by the link
 * that was sent there; where none is needed and there is a mail server, they are sent one for that. Errors: EMAIL_TAKEN,
 * SIGN_UP_BY_INVITATION, SIGN_UP_BY_LINK, LINK_INVALID, PASSWORD_UNSAFE, TOO_MANY_REQUESTS. Returns the session's secret token.
 */
export async function signUp(ctx: RequestContext, input: z.infer<typeof signUpInput>): Promise<string> {
  const { services } = ctx;
  services.rateLimits.take("sign-up", networkOf(ctx.remoteAddress), { limit: 20, windowMs: 600_000 });
  await requireSignUpWay(ctx, input);
  const asksForLink = input.token === undefined && services.config.mailServer !== undefined;
  const passwordHash = await services.passwords.hash(input.password, input);
  const userId = services.newId();
  const scope = organizationScope(services.newId());
  const zone = timeZone.safeParse(input.timeZone);

  const entry = await runCommand(
    {
      services,
      scope,
      actor: { kind: "newcomer", id: userId, name: input.name },
      requestId: ctx.requestId,
      remoteAddress: ctx.remoteAddress,
    },
    async (tx, record) => {
      await tx.execute(
        sql`select app.register_user(${userId}, ${input.email}, ${input.name}, ${passwordHash})`,
      );
      await foundOrganization(tx, scope, record, {
        name: input.organizationName,
        timeZone: zone.success ? zone.data : "UTC",
        founderId: userId,
        plan: services.config.defaultPlan,
      });
      if (asksForLink) {
        const mail: AccountMail = { kind: "verifyEmail", userId, ...askedBy(ctx) };
        await enqueueJob(tx, "send-mail", mail);
      }
      return writeFirstEntry(ctx, tx, { userId, isVerified: input.token !== undefined });
    },
  );
  if (asksForLink) services.queue.wake("send-mail");
  return admit(ctx, entry);
}
