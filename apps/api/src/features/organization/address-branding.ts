import type { AddressBranding } from "@vitrine/core/model/organization";
import { organizationScope } from "@vitrine/db/scope";
import type { RequestContext } from "../../trpc/context.ts";
import { getOrganization } from "./queries.ts";

/**
 * What the address of the request says of its organization to everybody: all that it has at a domain of its own, which
 * whoever asks knows already; at its sub-domain only where it says so, so that nobody finds out by trying names which
 * organizations there are.
 */
export async function getAddressBranding(ctx: RequestContext): Promise<AddressBranding> {
  const meaning = await ctx.findHost();
  if (meaning.kind !== "organization" || meaning.organizationId === null) return null;
  const { services, contentOrigin } = ctx;
  const scope = organizationScope(meaning.organizationId);
  const organization = await getOrganization(services.database, scope, (file) =>
    services.contentUrls.make(contentOrigin, scope, file),
  );
  if (meaning.by === "subdomain" && !organization.isSignInBranded) return null;
  const { name, brandColor, brandLogo } = organization;
  return { name, brandColor, logoUrl: brandLogo?.url ?? null };
}
