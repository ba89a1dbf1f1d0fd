import { tenants } from "./en/tenants.ts";

/** Texts of an organization's addresses and of the security that it asks for, which come with the parts that show them. */
export const enTenants = tenants;
