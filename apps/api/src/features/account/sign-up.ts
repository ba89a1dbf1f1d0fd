import type { signUpInput } from "@vitrine/core/model/account";
import { timeZone } from "@vitrine/core/model/ids";
import { organizationScope } from "@vitrine/db/scope";
import { sql } from "drizzle-orm";
import type * as z from "zod";
import { enqueueJob } from "../../platform/queue.ts";
import { runCommand } from "../../trpc/command.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { foundOrganization } from "../organization/found-organization.ts";
import type { AccountMail } from "./account-mail.ts";
import { openSession } from "./open-session.ts";
import { askedBy } from "./trace.ts";

/**
 * Makes a person and their organization, together or not at all, and signs them in; where there is a mail server, has
 * them sent the link that shows that the address is theirs. Errors: EMAIL_TAKEN, PASSWORD_UNSAFE, TOO_MANY_REQUESTS. Returns the
 * session's secret token.
 */
export async function signUp(ctx: RequestContext, input: z.infer<typeof signUpInput>): Promise<string> {
  const { services } = ctx;
  services.rateLimits.take("sign-up", ctx.remoteAddress, { limit: 20, windowMs: 600_000 });
  const passwordHash = await services.passwords.hash(input.password, input);
  const userId = services.newId();
  const scope = organizationScope(services.newId());
  const zone = timeZone.safeParse(input.timeZone);

  await runCommand(
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
      if (services.config.mailServer) {
        const mail: AccountMail = { kind: "verifyEmail", userId, ...askedBy(ctx) };
        await enqueueJob(tx, "send-mail", mail);
      }
    },
  );
  if (services.config.mailServer) services.queue.wake("send-mail");
  return openSession(ctx, { id: userId, name: input.name, email: input.email }, scope.organizationId);
}
