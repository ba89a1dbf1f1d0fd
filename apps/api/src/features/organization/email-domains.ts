import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { organizations } from "@vitrine/db/schema";
import { eq } from "drizzle-orm";

/** What follows the `@` of an address. */
export function emailDomainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}

/** Throws unless the organization takes all of these addresses. Errors: EMAIL_DOMAIN_REFUSED names the first that it does not. */
export async function requireAllowedEmails(
  tx: OrganizationTransaction,
  emails: readonly string[],
): Promise<void> {
  const [organization] = await tx
    .select({ name: organizations.name, allowed: organizations.allowedEmailDomains })
    .from(organizations)
    .where(eq(organizations.organizationId, tx.scope.organizationId));
  if (!organization || organization.allowed.length === 0) return;
  const domain = emails.map(emailDomainOf).find((one) => !organization.allowed.includes(one));
  if (domain !== undefined)
    throw appError("EMAIL_DOMAIN_REFUSED", { domain, organization: organization.name });
}
