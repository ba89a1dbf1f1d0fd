import * as z from "zod";
import { sessionView } from "./account.ts";
import { instant } from "./ids.ts";

/** Recovery codes of a second factor, each good once. */
export const RECOVERY_CODES = 10;
/** Who gave the right password has this long to show the second factor. */
export const SECOND_STEP_MINUTES = 5;
/** Dangerous things can be done for this long after password and second factor were given. */
export const STEP_UP_MINUTES = 5;

/** A person's own second factor; null since when: there is none. */
export const secondFactorView = z.strictObject({
  since: instant.nullable(),
  recoveryCodesLeft: z.int().min(0),
});
/** What an app is told: `key` in base 32 to be typed, `uri` as a QR code. Shown once. */
export const begunSecondFactor = z.strictObject({ key: z.string(), uri: z.string() });
export const confirmSecondFactorInput = z.strictObject({
  code: z
    .string()
    .transform((text) => text.replace(/\s/g, ""))
    .pipe(z.string().regex(/^\d{6}$/, "Enter the six digits that the app shows")),
});
/** Shown once, here: only hashes are kept. */
export const recoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()).length(RECOVERY_CODES) });
export const confirmedSecondFactor = recoveryCodes.extend({ session: sessionView });
