import { organization } from "./en/organization.ts";

/** Texts of the pages of settings, which come with them. */
export const enSettings = organization;
