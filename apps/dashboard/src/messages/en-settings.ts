import { organization } from "./en/organization.ts";
import { removing } from "./en/removing.ts";
import { settings } from "./en/settings.ts";

/** Texts of the pages of settings, which come with them. */
export const enSettings = { ...settings, ...organization, ...removing };
