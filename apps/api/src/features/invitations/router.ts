import { sessionView } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import {
  acceptAsNewInput,
  heldInvitationInput,
  invitationInput,
  invitationLink,
  invitationView,
  invited,
  inviteInput,
  listInvitationsInput,
  openedInvitation,
} from "@vitrine/core/model/member";
import { page } from "@vitrine/core/model/paging";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { RequestContext } from "../../trpc/context.ts";
import { router } from "../../trpc/init.ts";
import {
  accountProcedure,
  openProcedure,
  organizationProcedure,
  sometimesSteppedUpProcedure,
} from "../../trpc/procedures.ts";
import { getSessionView } from "../account/session-view.ts";
import { acceptAsNew, acceptInvitation, openInvitation } from "./accept.ts";
import { invite, linkInvitation, resendInvitation, withdrawInvitation } from "./invite.ts";
import { type Asking, findInvitations, listInvitations } from "./queries.ts";

const HOLDER = "whoever holds an invitation may have no account yet; its token is what is checked";

export const invitationsRouter = router({
  /** Invitations that were neither taken up nor withdrawn, newest first. */
  list: organizationProcedure("members.view")
    .input(listInvitationsInput)
    .output(page(invitationView))
    .query(({ ctx, input }) => listInvitations(asking(ctx), input)),
  /** Asks people to join. Errors: PERMISSION_MISSING, TOO_MANY, TOO_MANY_REQUESTS, STEP_UP_REQUIRED. */
  create: sometimesSteppedUpProcedure("members.manage")
    .input(inviteInput)
    .output(invited)
    .mutation(async ({ ctx, input }) => {
      const { ids, members } = await invite(ctx, input);
      return { rows: await findInvitations(asking(ctx), ids), members };
    }),
  /** Sends one anew; addresses sent before are no longer good. Errors: NOT_FOUND, PERMISSION_MISSING, TOO_MANY_REQUESTS. */
  resend: organizationProcedure("members.manage")
    .input(invitationInput)
    .output(invitationView)
    .mutation(async ({ ctx, input }) => {
      await resendInvitation(ctx, input.id);
      const [view] = await findInvitations(asking(ctx), [input.id]);
      if (!view) throw appError("NOT_FOUND");
      return view;
    }),
  /** Takes one back. Errors: NOT_FOUND, PERMISSION_MISSING. */
  withdraw: organizationProcedure("members.manage")
    .input(invitationInput)
    .output(z.strictObject({}))
    .mutation(async ({ ctx, input }) => {
      await withdrawInvitation(ctx, input.id);
      return {};
    }),
  /** The address to hand over in person. Errors: NOT_FOUND, PERMISSION_MISSING, INVITATION_INVALID for an expired one. */
  link: organizationProcedure("members.manage")
    .input(invitationInput)
    .output(invitationLink)
    .mutation(({ ctx, input }) => linkInvitation(ctx, input.id)),
  /** What an invitation is about; no query, so that its token is in no address. Errors: INVITATION_INVALID. */
  open: openProcedure(HOLDER)
    .input(heldInvitationInput)
    .output(openedInvitation)
    .mutation(({ ctx, input }) => openInvitation(ctx, input.token)),
  /** Joins and makes that organization the current one. Errors: INVITATION_INVALID, INVITATION_FOR_ANOTHER. */
  accept: accountProcedure
    .input(heldInvitationInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => {
      await acceptInvitation(ctx, input.token);
      return getSessionView(ctx, ctx.requireSessionToken());
    }),
  /** Makes an account, joins and signs in. Errors: INVITATION_INVALID, EMAIL_TAKEN. */
  acceptAsNew: openProcedure(HOLDER)
    .input(acceptAsNewInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => getSessionView(ctx, await acceptAsNew(ctx, input))),
});

function asking({ services, scope }: RequestContext & { scope: OrganizationScope }): Asking {
  return { database: services.database, clock: services.clock, scope };
}
