declare const scopeBrand: unique symbol;

/** Says for which organization a transaction speaks. Only the functions here make one, from checked ids. */
export interface OrganizationScope {
  readonly organizationId: string;
  /** The businesses that it is limited to; null: the organization as a whole. An empty list reaches nothing. */
  readonly businessIds: readonly string[] | null;
  readonly [scopeBrand]: true;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The scope of a whole organization, by its id in lower-case canonical form. Throws `TypeError` on anything else. */
export function organizationScope(organizationId: string): OrganizationScope {
  return brand({ organizationId: checked(organizationId), businessIds: null });
}

/** The same for who is limited to some businesses: they reach what belongs to these, of an empty list nothing. */
export function limitedScope(organizationId: string, businessIds: readonly string[]): OrganizationScope {
  return brand({ organizationId: checked(organizationId), businessIds: businessIds.map(checked) });
}

/** The scope without its limit: for what is told of a thing that was found within the limit. */
export function wholeOf({ organizationId }: OrganizationScope): OrganizationScope {
  return organizationScope(organizationId);
}

function checked(id: string): string {
  if (typeof id !== "string" || !UUID.test(id)) {
    throw new TypeError("An id is a UUID in lower-case canonical form");
  }
  return id;
}

/** A scope in one word: the same for the same organization and businesses, in whatever order they come. */
export function scopeWord({ organizationId, businessIds }: OrganizationScope): string {
  return businessIds === null ? organizationId : [organizationId, ...businessIds.toSorted(), ""].join(" ");
}

/** Names something of one organization (cache entry, lock, bus topic, log field) so that no two organizations share it. */
export function scopedKey(scope: OrganizationScope, area: string, ...parts: string[]): string {
  return [area, scope.organizationId, ...parts].map(encodeURIComponent).join(":");
}

/** Guarantee: the ids have been matched against `UUID`, so they can stand literally in SQL. */
function brand(scope: Pick<OrganizationScope, "organizationId" | "businessIds">): OrganizationScope {
  return Object.freeze(scope) as OrganizationScope;
}
