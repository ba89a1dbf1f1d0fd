import { accountLinks } from "./en/account-links.ts";
import { security } from "./en/security.ts";

/** Texts of links for an account and of its security, which come with the pages that show them. */
export const enAccount = { ...accountLinks, ...security };
