import {
  accountEventView,
  changePasswordInput,
  completeSignInInput,
  confirmedEmail,
  heldLinkInput,
  heldSignUpInput,
  listAccountEventsInput,
  openedLink,
  ownSessions,
  requestEmailChangeInput,
  requestPasswordResetInput,
  requestSignUpInput,
  resetPasswordInput,
  revokedSessions,
  revokeSessionInput,
  sessionView,
  signInInput,
  signInOutcome,
  signUpInput,
  signUpWay,
  stepUpInput,
  updateProfileInput,
} from "@vitrine/core/model/account";
import { page } from "@vitrine/core/model/paging";
import * as z from "zod";
import { router } from "../../trpc/init.ts";
import { accountProcedure, factorAccountProcedure, openProcedure } from "../../trpc/procedures.ts";
import { changePassword } from "./change-password.ts";
import { confirmEmail, openEmailLink, requestEmailChange, sendVerification } from "./confirm-email.ts";
import { listAccountEvents } from "./list-account-events.ts";
import { listOwnSessions, revokeOtherSessions, revokeSession } from "./own-sessions.ts";
import { findSignUpWay, openSignUp, requestSignUp } from "./request-sign-up.ts";
import { openPasswordReset, requestPasswordReset, resetPassword } from "./reset-password.ts";
import { completeSignIn } from "./second-step.ts";
import { getSessionView, toSessionView } from "./session-view.ts";
import { signIn } from "./sign-in.ts";
import { signUp } from "./sign-up.ts";
import { stepUp } from "./step-up.ts";

const nothing = z.strictObject({});
const HOLDER =
  "whoever holds a link that was sent to them need not be signed in; its token is what is checked";

export const accountRouter = router({
  /** Who is signed in and where they act; null when nobody is. */
  session: openProcedure("asks whether somebody is signed in")
    .output(sessionView.nullable())
    .query(async ({ ctx }) => {
      const token = ctx.sessionToken();
      const found = token === null ? null : await ctx.findSession(token);
      return found && toSessionView(ctx, found);
    }),
  /** How somebody new comes in from where this is asked; for every address the same. */
  signUpWay: openProcedure("a newcomer has no account yet")
    .output(signUpWay)
    .query(async ({ ctx }) => ({ way: await findSignUpWay(ctx) })),
  /** Has a link for signing up sent to an address; the same for one that somebody has, who is told of it by mail. Errors: SIGN_UP_BY_INVITATION. */
  requestSignUp: openProcedure("a newcomer has no account yet")
    .input(requestSignUpInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await requestSignUp(ctx, input);
      return {};
    }),
  /** Which address a link for signing up is for. Errors: SIGN_UP_BY_INVITATION, LINK_INVALID. */
  openSignUp: openProcedure(HOLDER)
    .input(heldSignUpInput)
    .output(openedLink)
    .mutation(({ ctx, input }) => openSignUp(ctx, input.token)),
  /** Makes a person and their organization and signs them in. Errors: SIGN_UP_BY_INVITATION, SIGN_UP_BY_LINK, LINK_INVALID, EMAIL_TAKEN, PASSWORD_UNSAFE. */
  signUp: openProcedure("a newcomer has no account yet")
    .input(signUpInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => getSessionView(ctx, await signUp(ctx, input))),
  /** Signs in with e-mail and password. Errors: WRONG_CREDENTIALS, TOO_MANY_REQUESTS. */
  signIn: openProcedure("nobody is signed in before signing in")
    .input(signInInput)
    .output(signInOutcome)
    .mutation(async ({ ctx, input }) => {
      const entered = await signIn(ctx, input);
      if (entered.kind === "secondStep")
        return { kind: "secondStep", expiresAt: entered.expiresAt.toISOString() };
      return { kind: "signedIn", session: await getSessionView(ctx, entered.token) };
    }),
  /** The second step of signing in, by a code. Errors: SECOND_STEP_EXPIRED, WRONG_CODE, TOO_MANY_REQUESTS. */
  completeSignIn: openProcedure("the password was given, but nobody is signed in before the second factor")
    .input(completeSignInInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => getSessionView(ctx, await completeSignIn(ctx, input.code))),
  /** Takes password and second factor again, for dangerous things. Errors: WRONG_PASSWORD, WRONG_CODE, TOO_MANY_REQUESTS. */
  stepUp: accountProcedure
    .input(stepUpInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => getSessionView(ctx, await stepUp(ctx, input))),
  /** Ends this session; without one, does nothing. */
  signOut: openProcedure("signing out twice is no error")
    .output(nothing)
    .mutation(async ({ ctx }) => {
      const token = ctx.sessionToken();
      if (token !== null) await ctx.services.sessions.close(token);
      ctx.setSessionCookie(null);
      return {};
    }),
  /** Sets a new password and ends every other session. Errors: WRONG_PASSWORD, PASSWORD_UNSAFE, STEP_UP_REQUIRED. */
  changePassword: factorAccountProcedure
    .input(changePasswordInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => getSessionView(ctx, await changePassword(ctx, input))),
  /** Changes the person's own name. */
  updateProfile: accountProcedure
    .input(updateProfileInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.authDatabase.updateProfile(ctx.user.id, input.name);
      ctx.services.sessions.forget(ctx.user.id);
      return getSessionView(ctx, ctx.requireSessionToken());
    }),
  /** Has a link for a new password sent to whoever has the address; the same for one that nobody has. */
  requestPasswordReset: openProcedure("who forgot their password cannot sign in")
    .input(requestPasswordResetInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await requestPasswordReset(ctx, input);
      return {};
    }),
  /** Whose password a link sets; no query, so that its token is in no address. Errors: LINK_INVALID. */
  openPasswordReset: openProcedure(HOLDER)
    .input(heldLinkInput)
    .output(openedLink)
    .mutation(({ ctx, input }) => openPasswordReset(ctx, input.token)),
  /** Sets a password by a link and ends every session; nobody is signed in by it. Errors: LINK_INVALID, PASSWORD_UNSAFE. */
  resetPassword: openProcedure(HOLDER)
    .input(resetPasswordInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await resetPassword(ctx, input);
      return {};
    }),
  /** Sends the link anew that shows that the address is theirs. Errors: TOO_MANY_REQUESTS. */
  sendVerification: accountProcedure.output(nothing).mutation(async ({ ctx }) => {
    await sendVerification(ctx);
    return {};
  }),
  /** Sends a link to a new address, and tells the present one. Errors: WRONG_PASSWORD, TOO_MANY_REQUESTS, STEP_UP_REQUIRED. */
  requestEmailChange: factorAccountProcedure
    .input(requestEmailChangeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await requestEmailChange(ctx, input);
      return {};
    }),
  /** Which address a link confirms. Errors: LINK_INVALID. */
  openEmailLink: openProcedure(HOLDER)
    .input(heldLinkInput)
    .output(openedLink)
    .mutation(({ ctx, input }) => openEmailLink(ctx, input.token)),
  /** Confirms an address by a link, a new one taking the place of the former. Errors: LINK_INVALID, EMAIL_TAKEN. */
  confirmEmail: openProcedure(HOLDER)
    .input(heldLinkInput)
    .output(confirmedEmail)
    .mutation(({ ctx, input }) => confirmEmail(ctx, input.token)),
  /** Where the person is signed in. */
  sessions: accountProcedure
    .output(ownSessions)
    .query(async ({ ctx }) => ({ rows: await listOwnSessions(ctx) })),
  /** Ends one of these sessions at once. Errors: NOT_FOUND. */
  revokeSession: accountProcedure
    .input(revokeSessionInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await revokeSession(ctx, input.id);
      return {};
    }),
  /** Ends all of these sessions but this one. */
  revokeOtherSessions: accountProcedure
    .output(revokedSessions)
    .mutation(async ({ ctx }) => ({ count: await revokeOtherSessions(ctx) })),
  /** What happened to the person's account in the last 90 days, newest first. */
  events: accountProcedure
    .input(listAccountEventsInput)
    .output(page(accountEventView))
    .query(({ ctx, input }) => listAccountEvents(ctx, input)),
});
