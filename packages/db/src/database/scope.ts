declare const scopeBrand: unique symbol;

/** Says for which organization a transaction speaks. Only `organizationScope` makes one, from a checked id. */
export interface OrganizationScope {
  readonly organizationId: string;
  readonly [scopeBrand]: true;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The scope of an organization, by its id in lower-case canonical form. Throws `TypeError` on anything else. */
export function organizationScope(organizationId: string): OrganizationScope {
  if (typeof organizationId !== "string" || !UUID.test(organizationId)) {
    throw new TypeError("An organization's id is a UUID in lower-case canonical form");
  }
  return brand(organizationId);
}

/** Names something of one organization (cache entry, lock, bus topic, log field) so that no two organizations share it. */
export function scopedKey(scope: OrganizationScope, area: string, ...parts: string[]): string {
  return [area, scope.organizationId, ...parts].map(encodeURIComponent).join(":");
}

/** Guarantee: the id has been matched against `UUID`, so it can stand literally in SQL. */
function brand(organizationId: string): OrganizationScope {
  return Object.freeze({ organizationId }) as OrganizationScope;
}
