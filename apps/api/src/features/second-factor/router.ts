import { sessionView } from "@vitrine/core/model/account";
import {
  begunSecondFactor,
  confirmedSecondFactor,
  confirmSecondFactorInput,
  recoveryCodes,
  secondFactorView,
} from "@vitrine/core/model/second-factor";
import { router } from "../../trpc/init.ts";
import { accountProcedure, steppedUpAccountProcedure } from "../../trpc/procedures.ts";
import { getSessionView } from "../account/session-view.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  turnOffSecondFactor,
} from "./change-factor.ts";

export const secondFactorRouter = router({
  /** Whether the person has one, and how many recovery codes are left. */
  get: accountProcedure.output(secondFactorView).query(async ({ ctx }) => {
    const found = await ctx.services.authDatabase.secondFactors.find(ctx.user.id);
    return {
      since: found?.confirmedAt?.toISOString() ?? null,
      recoveryCodesLeft: found?.recoveryCodesLeft ?? 0,
    };
  }),
  /** Gives an app what it makes codes of. Nothing is asked for it at sign-in before `confirm`. Errors: SECOND_FACTOR_ON. */
  begin: steppedUpAccountProcedure.output(begunSecondFactor).mutation(({ ctx }) => beginSecondFactor(ctx)),
  /** Turns it on and ends every other session. Errors: WRONG_CODE, TOO_MANY_REQUESTS. */
  confirm: accountProcedure
    .input(confirmSecondFactorInput)
    .output(confirmedSecondFactor)
    .mutation(async ({ ctx, input }) => {
      const { token, ...codes } = await confirmSecondFactor(ctx, input.code);
      return { ...codes, session: await getSessionView(ctx, token) };
    }),
  /** New recovery codes in place of the former ones. Errors: NOT_FOUND. */
  renewRecoveryCodes: steppedUpAccountProcedure
    .output(recoveryCodes)
    .mutation(async ({ ctx }) => ({ recoveryCodes: await renewRecoveryCodes(ctx) })),
  /** Turns it off. Errors: NOT_FOUND. */
  turnOff: steppedUpAccountProcedure.output(sessionView).mutation(async ({ ctx }) => {
    await turnOffSecondFactor(ctx);
    return getSessionView(ctx, ctx.requireSessionToken());
  }),
});
