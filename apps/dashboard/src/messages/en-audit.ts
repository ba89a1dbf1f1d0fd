import { audit } from "./en/audit.ts";

/** Texts of the record of what was done, which come with its page. */
export const enAudit = audit;
