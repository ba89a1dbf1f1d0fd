import {
  changePasswordInput,
  sessionView,
  signInInput,
  signUpInput,
  updateProfileInput,
} from "@vitrine/core/model/account";
import * as z from "zod";
import { router } from "../../trpc/init.ts";
import { accountProcedure, openProcedure } from "../../trpc/procedures.ts";
import { changePassword } from "./change-password.ts";
import { getSessionView, toSessionView } from "./session-view.ts";
import { signIn } from "./sign-in.ts";
import { signUp } from "./sign-up.ts";

const nothing = z.strictObject({});

export const accountRouter = router({
  /** Who is signed in and where they act; null when nobody is. */
  session: openProcedure("asks whether somebody is signed in")
    .output(sessionView.nullable())
    .query(async ({ ctx }) => {
      const token = ctx.sessionToken();
      const found = token === null ? null : await ctx.services.sessions.find(token);
      return found && toSessionView(found);
    }),
  /** Makes a person and their organization and signs them in. Errors: EMAIL_TAKEN. */
  signUp: openProcedure("a newcomer has no account yet")
    .input(signUpInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => getSessionView(ctx.services.sessions, await signUp(ctx, input))),
  /** Signs in with e-mail and password. Errors: WRONG_CREDENTIALS, TOO_MANY_REQUESTS. */
  signIn: openProcedure("nobody is signed in before signing in")
    .input(signInInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => getSessionView(ctx.services.sessions, await signIn(ctx, input))),
  /** Ends this session; without one, does nothing. */
  signOut: openProcedure("signing out twice is no error")
    .output(nothing)
    .mutation(async ({ ctx }) => {
      const token = ctx.sessionToken();
      if (token !== null) await ctx.services.sessions.close(token);
      ctx.setSessionCookie(null);
      return {};
    }),
  /** Sets a new password and ends every other session. Errors: WRONG_PASSWORD. */
  changePassword: accountProcedure
    .input(changePasswordInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) =>
      getSessionView(ctx.services.sessions, await changePassword(ctx, input)),
    ),
  /** Changes the person's own name. */
  updateProfile: accountProcedure
    .input(updateProfileInput)
    .output(sessionView)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.authDatabase.updateProfile(ctx.user.id, input.name);
      ctx.services.sessions.forget(ctx.user.id);
      return getSessionView(ctx.services.sessions, ctx.requireSessionToken());
    }),
});
