import type { AddressView } from "@vitrine/core/model/organization";
import { organizationScope } from "@vitrine/db/scope";
import type { RequestContext } from "../../trpc/context.ts";
import { getOrganization } from "./queries.ts";

/**
 * What the address of the request says to everybody: all that the organization shows of itself at a domain of its own,
 * which whoever asks knows already; at its sub-domain only where it says so, so that nobody finds out by trying names which
 * organizations there are.
 */
export async function getAddress(ctx: RequestContext): Promise<AddressView> {
  const meaning = await ctx.findHost();
  if (meaning.kind !== "organization") return { isBound: false, branding: null };
  const nothing = { isBound: true, branding: null };
  if (meaning.organizationId === null) return nothing;
  const { services, contentOrigin } = ctx;
  const scope = organizationScope(meaning.organizationId);
  const organization = await getOrganization(services.database, scope, (file) =>
    services.contentUrls.make(contentOrigin, scope, file),
  );
  if (meaning.by === "subdomain" && !organization.isSignInBranded) return nothing;
  const { name, brandColor, brandLogo } = organization;
  return { isBound: true, branding: { name, brandColor, logoUrl: brandLogo?.url ?? null } };
}
