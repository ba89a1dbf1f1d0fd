import * as z from "zod";

/**
 * Every permission, `area.action`. An action includes its area's `view`; `area.*` and `*` are
 * wildcards in grants only: a procedure always names one permission of this list.
 */
export const PERMISSIONS = [
  "organization.view",
  "organization.edit",
  "organization.delete",
  "organization.handOver",
  "members.view",
  "members.manage",
  "businesses.view",
  "businesses.manage",
  "apiKeys.view",
  "apiKeys.manage",
  "assets.view",
  "assets.create",
  "assets.edit",
  "assets.delete",
  "playlists.view",
  "playlists.create",
  "playlists.edit",
  "playlists.delete",
  "layouts.view",
  "layouts.create",
  "layouts.edit",
  "layouts.delete",
  "schedule.view",
  "schedule.create",
  "schedule.edit",
  "schedule.delete",
  "schedule.override",
  "devices.view",
  "devices.pair",
  "devices.edit",
  "devices.assign",
  "devices.control",
  "devices.revoke",
  "plays.view",
  "audit.view",
] as const;
export const permission = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof permission>;
/** What permissions are of, and what they allow with it. */
export type PermissionPart = {
  [Whole in Permission]: Whole extends `${infer Area}.${infer Action}`
    ? { area: Area; action: Action }
    : never;
}[Permission];

export function partsOf(permission: Permission): PermissionPart {
  const [area, action] = permission.split(".");
  return { area, action } as PermissionPart;
}

/** A permission or a wildcard, as held by a role, a membership or an API key. */
export const grant = z.union([permission, z.literal("*"), z.string().regex(/^[a-zA-Z]+\.\*$/)]);
export type Grant = z.infer<typeof grant>;

export const ROLES = ["owner", "admin", "manager", "operator", "viewer"] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** What each role may do, from the domain page: owner everything, viewer only sees. */
export const ROLE_GRANTS: Record<Role, readonly Grant[]> = {
  owner: ["*"],
  admin: [
    "organization.view",
    "organization.edit",
    "members.*",
    "businesses.*",
    "apiKeys.*",
    "assets.*",
    "playlists.*",
    "layouts.*",
    "schedule.*",
    "devices.*",
    "plays.view",
    "audit.view",
  ],
  manager: [
    "organization.view",
    "businesses.view",
    "assets.*",
    "playlists.*",
    "layouts.*",
    "schedule.*",
    "devices.view",
    "devices.assign",
    "plays.view",
  ],
  operator: [
    "organization.view",
    "businesses.view",
    "devices.*",
    "assets.view",
    "playlists.view",
    "layouts.view",
    "schedule.view",
    "schedule.override",
    "plays.view",
  ],
  viewer: [
    "organization.view",
    "businesses.view",
    "assets.view",
    "playlists.view",
    "layouts.view",
    "schedule.view",
    "devices.view",
    "plays.view",
  ],
};

/** Whether the grants held include the permission asked for. */
export function isGranted(held: readonly Grant[], asked: Permission): boolean {
  const [area = "", action = ""] = asked.split(".");
  return held.some((one) => {
    if (one === "*" || one === asked || one === `${area}.*`) return true;
    return action === "view" && one.startsWith(`${area}.`);
  });
}

/** The closed list of permissions that the grants held amount to, in the order of `PERMISSIONS`. */
export function expandGrants(held: readonly Grant[]): Permission[] {
  return PERMISSIONS.filter((one) => isGranted(held, one));
}

/** The first permission that grants amount to and that is not among those held. */
export function lackingForGrants(
  grants: readonly Grant[],
  held: ReadonlySet<Permission>,
): Permission | undefined {
  return expandGrants(grants).find((one) => !held.has(one));
}

/** The first permission of a role that is not among those held. Whoever lacks one neither gives that role nor takes it. */
export function lackingFor(role: Role, held: ReadonlySet<Permission>): Permission | undefined {
  return lackingForGrants(ROLE_GRANTS[role], held);
}

/** The grants that include a permission: itself, its area's wildcard and the one for all; of a view, all of its area's. */
export function grantsIncluding(asked: Permission): Grant[] {
  const areas = new Set(PERMISSIONS.map((one) => one.split(".")[0]));
  const all: Grant[] = ["*", ...[...areas].map((area) => `${area}.*`), ...PERMISSIONS];
  return all.filter((one) => isGranted([one], asked));
}
