import type { createOrganizationInput } from "@vitrine/core/model/organization";
import { organizationScope } from "@vitrine/db/scope";
import type * as z from "zod";
import type { Actor } from "../../auth/principal.ts";
import { runCommand } from "../../trpc/command.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { requireOwnAddress } from "../account/request-sign-up.ts";
import { actHere } from "./act-here.ts";
import { foundOrganization } from "./found-organization.ts";

/** Each brings keys of its own, so that they bound what one person's programs may try, as at codes of screens. */
const OF_PERSON = { limit: 20, windowMs: 86_400_000 };

/**
 * Makes another organization owned by the signed-in person, whose session acts there from then on. Errors:
 * SIGN_UP_BY_INVITATION at an organization's address, TOO_MANY_REQUESTS.
 */
export async function createOrganization(
  ctx: RequestContext & { user: Extract<Actor, { kind: "user" }> },
  input: z.infer<typeof createOrganizationInput>,
): Promise<void> {
  const { services, user } = ctx;
  await requireOwnAddress(ctx);
  services.rateLimits.take("create-organization", user.id, OF_PERSON);
  const scope = organizationScope(services.newId());
  await runCommand({ ...ctx, scope, actor: user }, async (tx, record) => {
    await foundOrganization(tx, scope, record, {
      name: input.name,
      timeZone: input.timeZone ?? "UTC",
      founderId: user.id,
      plan: services.config.defaultPlan,
    });
    await actHere(tx, ctx);
  });
  services.sessions.forget(user.id);
}
