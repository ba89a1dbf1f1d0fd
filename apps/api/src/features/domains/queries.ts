import {
  DOMAIN_GRACE_HOURS,
  type DomainList,
  type DomainState,
  type DomainView,
} from "@vitrine/core/model/domain";
import { domains } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { eq, sql } from "drizzle-orm";
import type { Services } from "../../services.ts";
import { originAt } from "../../tenancy/names.ts";

export type DomainRow = typeof domains.$inferSelect;

const HOUR_MS = 3_600_000;

/** The organization's addresses: its sub-domain, and the domains that it says are its own, oldest first. */
export async function listDomains(
  { database, config, ownOrigin }: Pick<Services, "database" | "config" | "ownOrigin">,
  scope: OrganizationScope,
): Promise<DomainList> {
  const { organizationId } = scope;
  const [slugs, rows] = await database.batch(scope, (q) => [
    q.select({ slug: sql<string | null>`app.find_slug()` }).from(sql`(values (1)) as one(number)`),
    q
      .select()
      .from(domains)
      .where(eq(domains.organizationId, organizationId))
      .orderBy(domains.createdAt, domains.domain),
  ]);
  const subdomain = subdomainOrigin({ config, ownOrigin }, slugs[0]?.slug ?? null);
  return { subdomain, rows: rows.map(toDomainView) };
}

/** Where the dashboard is at an organization's address under ours; null where there is none. */
export function subdomainOrigin(
  { config, ownOrigin }: Pick<Services, "config" | "ownOrigin">,
  slug: string | null,
): string | null {
  const { baseDomain } = config;
  return baseDomain !== undefined && slug ? originAt(ownOrigin(), `${slug}.${baseDomain}`) : null;
}

export function toDomainView(row: DomainRow): DomainView {
  const { domain, token, createdAt, verifiedAt, checkedAt, missingSince } = row;
  return {
    domain,
    state: stateOf(row),
    record: { name: recordName(domain), value: recordValue(token) },
    createdAt: createdAt.toISOString(),
    verifiedAt: verifiedAt?.toISOString() ?? null,
    checkedAt: checkedAt?.toISOString() ?? null,
    trustedUntil: missingSince === null ? null : endOfGrace(missingSince).toISOString(),
  };
}

/** Where the record is that proves a domain. */
export function recordName(domain: string): string {
  return `_vitrine.${domain}`;
}

/** What it holds. */
export function recordValue(token: string): string {
  return `vitrine-verification=${token}`;
}

/** When a domain whose record is gone since then is trusted no more. */
export function endOfGrace(missingSince: Date): Date {
  return new Date(missingSince.getTime() + DOMAIN_GRACE_HOURS * HOUR_MS);
}

function stateOf({ verifiedAt, missingSince, lostAt }: DomainRow): DomainState {
  if (verifiedAt === null) return lostAt === null ? "waiting" : "lost";
  return missingSince === null ? "verified" : "missing";
}
