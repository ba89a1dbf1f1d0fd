import type { completeSignInInput, SessionView, stepUpInput } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import type { confirmSecondFactorInput } from "@vitrine/core/model/second-factor";
import type * as z from "zod";
import { minutesAgo, session } from "./things.ts";

/** The one code and the one password that these answers take. */
export const RIGHT = { code: "123456", password: "a long password" };
const CODES = Array.from({ length: 10 }, (_, index) => `7Q2M-K4XN-90PD-WT3C-HB6R-5FG${index}`);

/** Answers of a server where one's second factor is on or off. */
export function factorAnswers({ isOn = false, recoveryCodesLeft = 10, view = session() } = {}) {
  let isThere = isOn;
  let left = recoveryCodesLeft;
  const own = (): SessionView => ({
    ...view,
    organization: view.organization && {
      ...view.organization,
      isSecondFactorMissing: view.organization.isSecondFactorMissing && !isThere,
    },
    hasSecondFactor: isThere,
  });
  const requireRight = (code: string | undefined) => {
    if (code !== RIGHT.code) throw appError("WRONG_CODE");
  };
  return {
    "account.session": own,
    "account.completeSignIn": ({ code }: z.infer<typeof completeSignInInput>) => {
      requireRight(code);
      return own();
    },
    "account.stepUp": ({ password, code }: z.infer<typeof stepUpInput>) => {
      if (password !== RIGHT.password) throw appError("WRONG_PASSWORD");
      if (isThere) requireRight(code);
      return own();
    },
    "secondFactor.get": () =>
      isThere
        ? { since: minutesAgo(60 * 24 * 20), recoveryCodesLeft: left }
        : { since: null, recoveryCodesLeft: 0 },
    "secondFactor.begin": () => ({
      key: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
      uri: "otpauth://totp/Vitrine:mara%40northlight.example?issuer=Vitrine&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30",
    }),
    "secondFactor.confirm": ({ code }: z.infer<typeof confirmSecondFactorInput>) => {
      requireRight(code);
      isThere = true;
      return { recoveryCodes: CODES, session: own() };
    },
    "secondFactor.renewRecoveryCodes": () => {
      left = 10;
      return { recoveryCodes: CODES };
    },
    "secondFactor.turnOff": () => {
      isThere = false;
      return own();
    },
  };
}
