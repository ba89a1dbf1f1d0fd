import { domainInput, domainList, domainView } from "@vitrine/core/model/domain";
import { appError } from "@vitrine/core/model/errors";
import * as z from "zod";
import { router } from "../../trpc/init.ts";
import { organizationProcedure, steppedUpProcedure } from "../../trpc/procedures.ts";
import { addDomain } from "./add-domain.ts";
import { checkDomain } from "./check-domain.ts";
import { listDomains, recordName } from "./queries.ts";
import { removeDomain } from "./remove-domain.ts";

const CHECKS = { limit: 60, windowMs: 3_600_000 };

export const domainsRouter = router({
  /** The organization's sub-domain, and the domains that it says are its own. */
  list: organizationProcedure("organization.edit")
    .output(domainList)
    .query(({ ctx }) => listDomains(ctx.services, ctx.scope)),
  /** Says that a domain is the organization's, and gives the record that proves it. Errors: TOO_MANY, STEP_UP_REQUIRED, PEOPLE_ONLY. */
  add: steppedUpProcedure("organization.edit")
    .input(domainInput)
    .output(domainView)
    .mutation(({ ctx, input }) => addDomain(ctx, input.domain)),
  /**
   * Looks for its record now: from then on the domain leads to the organization. Errors: NOT_FOUND, DOMAIN_RECORD_MISSING,
   * DOMAIN_TAKEN, DNS_UNREACHABLE, TOO_MANY_REQUESTS.
   */
  verify: organizationProcedure("organization.edit")
    .input(domainInput)
    .output(domainList)
    .mutation(async ({ ctx, input: { domain } }) => {
      ctx.services.rateLimits.take("check-domain", ctx.scope.organizationId, CHECKS);
      const outcome = await checkDomain(ctx, domain);
      const name = recordName(domain);
      if (outcome === "unreachable") throw appError("DNS_UNREACHABLE", { name });
      if (outcome === "taken") throw appError("DOMAIN_TAKEN");
      if (outcome !== "verified") throw appError("DOMAIN_RECORD_MISSING", { name });
      return listDomains(ctx.services, ctx.scope);
    }),
  /** Lets go of a domain. Errors: NOT_FOUND. */
  remove: organizationProcedure("organization.edit")
    .input(domainInput)
    .output(z.strictObject({}))
    .mutation(async ({ ctx, input }) => {
      await removeDomain(ctx, input.domain);
      return {};
    }),
});
