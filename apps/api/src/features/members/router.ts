import { sessionView } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import {
  listMembersInput,
  memberInput,
  memberView,
  setBusinessesInput,
  setExtraInput,
  setRoleInput,
  whoMayInput,
} from "@vitrine/core/model/member";
import { muteNotificationsInput, notificationChoices } from "@vitrine/core/model/notifications";
import { page } from "@vitrine/core/model/paging";
import { type OrganizationScope, organizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { PrincipalOrganization } from "../../auth/principal.ts";
import { router } from "../../trpc/init.ts";
import {
  accountProcedure,
  organizationProcedure,
  sometimesSteppedUpProcedure,
  steppedUpProcedure,
} from "../../trpc/procedures.ts";
import { getSessionView } from "../account/session-view.ts";
import { getChoices, muteNotifications } from "../notifications/choices.ts";
import {
  handOver,
  leaveOrganization,
  removeMember,
  restoreMember,
  setBusinesses,
  setExtra,
  setRole,
} from "./change-members.ts";
import { getMember, listMembers, whoMay } from "./queries.ts";

const nothing = z.strictObject({});

export const membersRouter = router({
  /** The people of the organization, in the order in which they joined. */
  list: organizationProcedure("members.view")
    .input(listMembersInput)
    .output(page(memberView))
    .query(({ ctx, input }) => listMembers(ctx.services.database, ctx.scope, input)),
  /** Gives a member another role, within the caller's own. Errors: NOT_FOUND, PERMISSION_MISSING, LAST_OWNER, STEP_UP_REQUIRED. */
  setRole: sometimesSteppedUpProcedure("members.manage")
    .input(setRoleInput)
    .output(memberView)
    .mutation(async ({ ctx, input }) => {
      await setRole(ctx, input.userId, input.role);
      return getMember(ctx.services.database, ctx.scope, input.userId);
    }),
  /**
   * Says what a member may do beyond their role. Errors: NOT_FOUND, INVALID_INPUT, STEP_UP_REQUIRED, and
   * PERMISSION_MISSING for what the caller lacks.
   */
  setExtra: sometimesSteppedUpProcedure("members.manage")
    .input(setExtraInput)
    .output(memberView)
    .mutation(async ({ ctx, input }) => {
      await setExtra(ctx, input);
      return getMember(ctx.services.database, ctx.scope, input.userId);
    }),
  /**
   * Limits a member to businesses, or ends that. Errors: NOT_FOUND, PERMISSION_MISSING, OWNER_NOT_LIMITED,
   * STEP_UP_REQUIRED.
   */
  setBusinesses: sometimesSteppedUpProcedure("members.manage")
    .input(setBusinessesInput)
    .output(memberView)
    .mutation(async ({ ctx, input }) => {
      await setBusinesses(ctx, input);
      return getMember(ctx.services.database, ctx.scope, input.userId);
    }),
  /** Who may do one thing, by their role or beyond it, in the order in which they joined. */
  whoMay: organizationProcedure("members.view")
    .input(whoMayInput)
    .output(page(memberView))
    .query(({ ctx, input }) => whoMay(ctx.services.database, ctx.scope, input)),
  /** Ends a membership. Errors: NOT_FOUND, PERMISSION_MISSING, LAST_OWNER. */
  remove: organizationProcedure("members.manage")
    .input(memberInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await removeMember(ctx, input.userId);
      return {};
    }),
  /** Undoes a removal. Errors: NOT_FOUND, PERMISSION_MISSING, STEP_UP_REQUIRED. */
  restore: sometimesSteppedUpProcedure("members.manage")
    .input(memberInput)
    .output(memberView)
    .mutation(async ({ ctx, input }) => {
      await restoreMember(ctx, input.userId);
      return getMember(ctx.services.database, ctx.scope, input.userId);
    }),
  /** Makes a member the owner in the caller's place, who becomes an admin. Errors: NOT_FOUND, STEP_UP_REQUIRED. */
  handOver: steppedUpProcedure("organization.handOver")
    .input(memberInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await handOver(ctx, input.userId);
      return {};
    }),
  /** What the caller is not told of by mail where they act. Errors: NO_ORGANIZATION. */
  notifications: accountProcedure
    .output(notificationChoices)
    .query(({ ctx }) => getChoices(ctx.services.database, ownScope(ctx), ctx.user.id)),
  /** Says all that the caller does not want to be told of by mail where they act. Errors: NO_ORGANIZATION. */
  muteNotifications: accountProcedure
    .input(muteNotificationsInput)
    .output(notificationChoices)
    .mutation(async ({ ctx, input }) => {
      const { database } = ctx.services;
      const scope = ownScope(ctx);
      await muteNotifications(database, scope, { userId: ctx.user.id, muted: input.muted });
      return getChoices(database, scope, ctx.user.id);
    }),
  /** Ends the caller's own membership where they act. Errors: NO_ORGANIZATION, LAST_OWNER. */
  leave: accountProcedure.output(sessionView).mutation(async ({ ctx }) => {
    await leaveOrganization({ ...ctx, scope: ownScope(ctx), actor: ctx.user }, ctx.user.id);
    return getSessionView(ctx, ctx.requireSessionToken());
  }),
});

/** Where the caller acts, whole: one's own membership is one's own, whatever one is limited to. */
function ownScope({ organization }: { organization: PrincipalOrganization | null }): OrganizationScope {
  if (!organization) throw appError("NO_ORGANIZATION");
  return organizationScope(organization.id);
}
