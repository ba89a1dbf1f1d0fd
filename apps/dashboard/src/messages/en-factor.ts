import { secondFactor } from "./en/second-factor.ts";

/** Texts of two-step sign-in, which come with the parts that show them. */
export const enFactor = secondFactor;
