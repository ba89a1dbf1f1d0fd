import type { signUpInput } from "@vitrine/core/model/account";
import { timeZone } from "@vitrine/core/model/ids";
import { organizationScope } from "@vitrine/db/scope";
import { sql } from "drizzle-orm";
import type * as z from "zod";
import { runCommand } from "../../trpc/command.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { foundOrganization } from "../organization/found-organization.ts";

/**
 * Makes a person and their organization, together or not at all, and signs them in. Errors: EMAIL_TAKEN,
 * TOO_MANY_REQUESTS. Returns the session's secret token.
 */
export async function signUp(ctx: RequestContext, input: z.infer<typeof signUpInput>): Promise<string> {
  const { services } = ctx;
  services.rateLimits.take("sign-up", ctx.remoteAddress, { limit: 20, windowMs: 600_000 });
  const passwordHash = await services.passwords.hash(input.password);
  const userId = services.newId();
  const scope = organizationScope(services.newId());
  const zone = timeZone.safeParse(input.timeZone);

  await runCommand(
    {
      services,
      scope,
      actor: { kind: "system", id: userId, name: input.name },
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
      });
    },
  );
  return openSession(ctx, userId, scope.organizationId);
}

/** Opens a session for this request's browser and sets its cookie; returns the secret token. */
export async function openSession(
  ctx: RequestContext,
  userId: string,
  organizationId: string | null,
): Promise<string> {
  const session = await ctx.services.sessions.open({
    userId,
    organizationId,
    userAgent: ctx.userAgent,
    remoteAddress: ctx.remoteAddress,
  });
  ctx.setSessionCookie(session);
  return session.token;
}
