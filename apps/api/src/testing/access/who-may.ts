/**
 * Who may do what, as the domain page says it, in plain words and without a line of the product's own permission code:
 * what the two must agree on is found by comparing them. A new permission, role or procedure belongs here too.
 */
type Words = Record<string, string>;

const EVERYTHING: Words = {
  organization: "view edit delete handOver",
  members: "view manage",
  businesses: "view manage",
  apiKeys: "view manage",
  assets: "view create edit delete",
  playlists: "view create edit delete",
  layouts: "view create edit delete",
  schedule: "view create edit delete override",
  devices: "view pair edit assign control revoke",
  plays: "view",
  audit: "view",
};
const ADMIN: Words = { ...EVERYTHING, organization: "view edit" };
const MANAGER: Words = {
  organization: "view",
  businesses: "view",
  assets: "view create edit delete",
  playlists: "view create edit delete",
  layouts: "view create edit delete",
  schedule: "view create edit delete override",
  devices: "view assign",
  plays: "view",
};
const OPERATOR: Words = {
  organization: "view",
  businesses: "view",
  assets: "view",
  playlists: "view",
  layouts: "view",
  schedule: "view override",
  devices: "view pair edit assign control revoke",
  plays: "view",
};
const VIEWER: Words = {
  organization: "view",
  businesses: "view",
  assets: "view",
  playlists: "view",
  layouts: "view",
  schedule: "view",
  devices: "view",
  plays: "view",
};

/** The most that anybody may do who is limited to businesses. */
const LIMITED: Words = {
  organization: "view",
  businesses: "view",
  assets: "view create edit delete",
  playlists: "view create edit delete",
  layouts: "view create edit delete",
  schedule: "view create edit delete override",
  devices: "view pair edit assign control revoke",
  plays: "view",
};

/**
 * Somebody in the organization: a role, what was given beyond it, and what that comes to. `limitedTo`: the business that
 * everything of the world belongs to, another one, or none at all.
 */
export interface Person {
  name: string;
  role: string;
  extra: readonly string[];
  may: ReadonlySet<string>;
  limitedTo?: "its business" | "another business" | "nothing";
}

export const PEOPLE: readonly Person[] = [
  person("owner", "owner", [], EVERYTHING),
  person("admin", "admin", [], ADMIN),
  person("manager", "manager", [], MANAGER),
  person("operator", "operator", [], OPERATOR),
  person("viewer", "viewer", [], VIEWER),
  person("viewer with all of the content", "viewer", ["assets.*"], {
    ...VIEWER,
    assets: "view create edit delete",
  }),
  person("viewer who makes playlists", "viewer", ["playlists.create"], {
    ...VIEWER,
    playlists: "view create",
  }),
  person("viewer who may do everything", "viewer", ["*"], EVERYTHING),
  person("operator who manages people", "operator", ["members.manage"], {
    ...OPERATOR,
    members: "view manage",
  }),
  person("manager who controls screens", "manager", ["devices.control", "audit.view"], {
    ...MANAGER,
    devices: "view assign control",
    audit: "view",
  }),
  limited("admin limited to the business", "admin", "its business", ADMIN),
  limited("admin limited to another business", "admin", "another business", ADMIN),
  limited("manager limited to the business", "manager", "its business", MANAGER),
  limited("manager limited to another business", "manager", "another business", MANAGER),
  limited("operator limited to the business", "operator", "its business", OPERATOR),
  limited("operator limited to another business", "operator", "another business", OPERATOR),
  limited("viewer limited to the business", "viewer", "its business", VIEWER),
  limited("manager limited to nothing", "manager", "nothing", MANAGER),
];

/** Everything that anybody may do. */
export const PERMISSIONS_OF_ALL = asSet(EVERYTHING);

/** What each procedure asks for, by permission; `account` asks for being signed in. */
export const NEEDED: Record<string, string> = needed({
  account:
    "account.changePassword account.updateProfile account.sendVerification account.requestEmailChange account.sessions account.revokeSession account.revokeOtherSessions account.events account.stepUp secondFactor.get secondFactor.begin secondFactor.confirm secondFactor.renewRecoveryCodes secondFactor.turnOff invitations.accept members.notifications members.muteNotifications members.leave organization.create organization.select organization.removed organization.restore",
  "apiKeys.view": "apiKeys.list",
  "apiKeys.manage": "apiKeys.create apiKeys.update apiKeys.rotate apiKeys.revoke",
  "assets.view": "assets.list assets.get assets.tags assets.usedBy",
  "assets.create": "assets.createWeb assets.createStream",
  "assets.edit": "assets.update assets.retry",
  "assets.delete": "assets.remove assets.restore",
  "audit.view": "audit.list audit.get audit.actors audit.state audit.verify",
  "businesses.view": "businesses.list businesses.names businesses.get",
  "businesses.manage": "businesses.create businesses.update businesses.remove",
  "devices.view":
    "devices.list devices.get devices.counts devices.tags devices.commands devices.diagnose devices.timeline devices.events devices.files devices.logs devices.readLog devices.preview groups.list groups.usedBy",
  "devices.pair": "devices.findPairing devices.claim",
  "devices.edit":
    "devices.update groups.create groups.rename groups.change groups.duplicate groups.remove groups.restore",
  "devices.assign": "devices.assignPlaylist",
  "devices.revoke": "devices.revoke",
  "devices.control": "devices.sendCommand",
  "layouts.view": "layouts.list layouts.get layouts.usedBy",
  "layouts.create": "layouts.create layouts.duplicate",
  "layouts.edit": "layouts.update",
  "layouts.delete": "layouts.remove layouts.restore",
  "members.view": "members.list members.whoMay invitations.list",
  "members.manage":
    "members.setRole members.setExtra members.setBusinesses members.remove members.restore invitations.create invitations.resend invitations.withdraw invitations.link",
  "organization.view": "organization.get organization.plan overview.get events.stream",
  "organization.edit":
    "organization.update organization.requireSecondFactor organization.setSecurity domains.list domains.add domains.verify domains.remove",
  "organization.delete": "organization.remove",
  "organization.handOver": "members.handOver",
  "playlists.view": "playlists.list playlists.get playlists.usedBy playlists.preview",
  "playlists.create": "playlists.create playlists.duplicate",
  "playlists.edit":
    "playlists.update playlists.addItems playlists.updateItem playlists.moveItem playlists.removeItems",
  "playlists.delete": "playlists.remove playlists.restore",
  "schedule.view":
    "schedule.list schedule.get schedule.overrides schedule.receipts schedule.preview schedule.explain schedule.airtime schedule.lint dayparts.list dayparts.usedBy",
  "schedule.create": "schedule.create schedule.duplicate dayparts.create dayparts.duplicate",
  "schedule.edit": "schedule.update schedule.moveOccurrence schedule.removeOccurrence dayparts.update",
  "schedule.delete": "schedule.remove schedule.restore dayparts.remove dayparts.restore",
  "schedule.override": "schedule.override schedule.endOverride",
});

/** Whose things a call names. */
export const KINDS = ["own", "foreign", "random", "signed out"] as const;
export type Kind = (typeof KINDS)[number];

/** Lists narrowed by something that is not there are empty. */
const FILTERS = new Set(["devices.list", "groups.list", "schedule.list"]);

/** Calls about a code on a glass that is not there, a domain that may be, or by another name: only that they are let in is said of them. */
const STATEFUL = new Set([
  "devices.findPairing",
  "devices.claim",
  "domains.verify",
  "domains.remove",
  "organization.remove",
]);

/** What the world has none of, though it has what is named: a log that was never sent, an organization that was removed. */
const ABSENT = new Set(["devices.readLog", "organization.restore"]);

/** What concerns the organization as a whole, though limited members hold its permission. */
const OF_WHOLE = new Set([
  "organization.plan",
  "dayparts.create",
  "dayparts.update",
  "dayparts.duplicate",
  "dayparts.remove",
  "dayparts.restore",
]);

/** Calls that make something, which must belong to a business of who is limited. */
const MAKING = new Set(["assets.createWeb", "assets.createStream"]);

/** What is named by these belongs to no business, and everybody sees it. */
const OF_NOBODY = new Set(["dayparts.usedBy"]);

/** What the model says of a call: a code, with the permission that lacks; `let in` for any but a refusal of who calls. */
export function expectedOf(person: Person, path: string, kind: Kind, hasIds: boolean): string {
  const asked = NEEDED[path] ?? "";
  const { may, limitedTo } = person;
  if (kind === "signed out") return "NOT_SIGNED_IN";
  if (asked !== "account" && limitedTo !== undefined && !asSet(LIMITED).has(asked))
    return `LIMITED_TO_BUSINESSES ${asked}`;
  if (asked !== "account" && !may.has(asked)) return `PERMISSION_MISSING ${asked}`;
  if (limitedTo !== undefined && OF_WHOLE.has(path)) return `LIMITED_TO_BUSINESSES ${asked}`;
  if (STATEFUL.has(path)) return "let in";
  if (ABSENT.has(path)) return "NOT_FOUND";
  if (limitedTo === "nothing" && MAKING.has(path)) return "INVALID_INPUT";
  if (limitedTo === "nothing" && /\.create$/.test(path)) return "let in";
  if (!hasIds || FILTERS.has(path)) return "OK";
  const isTheirs = limitedTo === undefined || limitedTo === "its business" || OF_NOBODY.has(path);
  return kind === "own" && isTheirs ? "OK" : "NOT_FOUND";
}

function person(name: string, role: string, extra: readonly string[], words: Words): Person {
  return { name, role, extra, may: asSet(words) };
}

function limited(name: string, role: string, limitedTo: Person["limitedTo"], words: Words): Person {
  return { ...person(name, role, [], words), ...(limitedTo !== undefined && { limitedTo }) };
}

function asSet(words: Words): ReadonlySet<string> {
  return new Set(
    Object.entries(words).flatMap(([area, actions]) =>
      actions.split(" ").map((action) => `${area}.${action}`),
    ),
  );
}

function needed(byPermission: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(byPermission).flatMap(([permission, paths]) =>
      paths.split(/\s+/).map((path): [string, string] => [path, permission]),
    ),
  );
}
