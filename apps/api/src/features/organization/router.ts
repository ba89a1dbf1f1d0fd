import { sessionView } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import { id } from "@vitrine/core/model/ids";
import {
  addressView,
  createOrganizationInput,
  organizationView,
  removedOrganization,
  removeOrganizationInput,
  requireSecondFactorInput,
  setSecurityInput,
  updateOrganizationInput,
} from "@vitrine/core/model/organization";
import { planView } from "@vitrine/core/model/plan";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { RequestContext } from "../../trpc/context.ts";
import { router } from "../../trpc/init.ts";
import {
  accountProcedure,
  openProcedure,
  organizationProcedure,
  steppedUpProcedure,
  wholeOrganizationProcedure,
} from "../../trpc/procedures.ts";
import { getSessionView } from "../account/session-view.ts";
import { getPlan } from "../plan/queries.ts";
import { createOrganization } from "./create-organization.ts";
import { getAddress } from "./get-address.ts";
import { getOrganization } from "./queries.ts";
import { removeOrganization, restoreOrganization } from "./remove-organization.ts";
import { requireSecondFactor } from "./require-second-factor.ts";
import { setSecurity } from "./set-security.ts";
import { updateOrganization } from "./update-organization.ts";

export const organizationRouter = router({
  /** The organization that the caller acts in. */
  get: organizationProcedure("organization.view")
    .output(organizationView)
    .query(({ ctx }) => getOrganization(ctx.services.database, ctx.scope, fileUrlOf(ctx))),
  /** Its plan, and what is used of it. */
  plan: wholeOrganizationProcedure("organization.view")
    .output(planView)
    .query(({ ctx }) => getPlan(ctx.services.database, ctx.scope)),
  /** Changes its settings. Errors: SLUG_TAKEN, NOT_FOUND, WRONG_KIND, ASSET_NOT_READY, PLAN_FEATURE. */
  update: organizationProcedure("organization.edit")
    .input(updateOrganizationInput)
    .output(organizationView)
    .mutation(async ({ ctx, input }) => {
      await updateOrganization(ctx, input);
      ctx.services.sessions.forgetOrganization(ctx.scope.organizationId);
      return getOrganization(ctx.services.database, ctx.scope, fileUrlOf(ctx));
    }),
  /**
   * Says whether members need a second factor: those without one may do nothing here until they have one. Errors:
   * STEP_UP_REQUIRED, PEOPLE_ONLY, SECOND_FACTOR_REQUIRED for who asks it of others without having one.
   */
  requireSecondFactor: steppedUpProcedure("organization.edit")
    .input(requireSecondFactorInput)
    .output(organizationView)
    .mutation(async ({ ctx, input }) => {
      await requireSecondFactor(ctx, input.isRequired);
      return getOrganization(ctx.services.database, ctx.scope, fileUrlOf(ctx));
    }),
  /**
   * Says whose addresses may belong here, and how long sessions may act here. Errors: STEP_UP_REQUIRED, PEOPLE_ONLY.
   */
  setSecurity: steppedUpProcedure("organization.edit")
    .input(setSecurityInput)
    .output(organizationView)
    .mutation(async ({ ctx, input }) => {
      await setSecurity(ctx, input);
      return getOrganization(ctx.services.database, ctx.scope, fileUrlOf(ctx));
    }),
  /** What the page's address says to everybody. */
  atAddress: openProcedure("a sign-in page shows whose it is before anybody has signed in")
    .output(addressView)
    .query(({ ctx }) => getAddress(ctx)),
  /** Makes another organization owned by the caller, and makes it the current one. Errors: SIGN_UP_BY_INVITATION at an organization's address. */
  create: accountProcedure
    .input(createOrganizationInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => {
      await createOrganization(ctx, input);
      return getSessionView(ctx, ctx.requireSessionToken());
    }),
  /**
   * Switches it off, undone by `restore`; the caller acts in another of theirs, or in none. Errors: INVALID_INPUT for
   * another name than its own, STEP_UP_REQUIRED.
   */
  remove: steppedUpProcedure("organization.delete")
    .input(removeOrganizationInput)
    .output(z.strictObject({}))
    .mutation(async ({ ctx, input }) => {
      await removeOrganization(ctx, input.name);
      return {};
    }),
  /** Organizations of the caller's that were removed and can be brought back, newest first. */
  removed: accountProcedure
    .output(z.strictObject({ rows: z.array(removedOrganization) }))
    .query(async ({ ctx }) => {
      const found = await ctx.services.authDatabase.listRemovedOrganizations(ctx.user.id);
      const rows = found.map(({ removedAt, ...one }) => ({ ...one, removedAt: removedAt.toISOString() }));
      return { rows };
    }),
  /** Brings one back and makes it the current one. Errors: NOT_FOUND, also for who is no owner of it. */
  restore: accountProcedure
    .input(z.strictObject({ organizationId: id }))
    .output(sessionView)
    .mutation(async ({ ctx, input }) => {
      await restoreOrganization(ctx, input.organizationId);
      return getSessionView(ctx, ctx.requireSessionToken());
    }),
  /** Makes another of the caller's organizations the current one. Errors: NOT_FOUND, and ORGANIZATION_UNAVAILABLE where the address says which it is. */
  select: accountProcedure
    .input(z.strictObject({ organizationId: id }))
    .output(sessionView)
    .mutation(async ({ ctx, input }) => {
      const token = ctx.requireSessionToken();
      const present = await getSessionView(ctx, token);
      if (present.isBound && present.organization?.id !== input.organizationId)
        throw appError("ORGANIZATION_UNAVAILABLE");
      if (!(await ctx.services.sessions.select(token, input.organizationId))) throw appError("NOT_FOUND");
      return getSessionView(ctx, token);
    }),
});

function fileUrlOf({ services, contentOrigin, scope }: RequestContext & { scope: OrganizationScope }) {
  return (file: { sha256: string; mediaType: string }) =>
    services.contentUrls.make(contentOrigin, scope, file);
}
