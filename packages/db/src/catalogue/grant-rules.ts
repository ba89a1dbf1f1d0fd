import { describeGrant, desiredGrants } from "../access/desired-grants.ts";
import { DEFINER, OWNER, ROLE_SETTINGS, ROLES } from "../access/roles.ts";
import type { Catalogue } from "./read-catalogue.ts";
import type { Violation } from "./violation.ts";

/** Rights on everything, held by anyone but an owner, and what the roles themselves can do. */
export function checkGrants(catalogue: Catalogue, database: string): Violation[] {
  const wanted = new Set(desiredGrants(catalogue, database).map(describeGrant));
  const held = new Set(catalogue.grants.map(describeGrant));
  const extra = catalogue.grants.filter((one) => !wanted.has(describeGrant(one)) && !isServerDefault(one));
  return [
    ...extra.map(
      (one): Violation => ({ rule: "grant_unlisted", object: one.object, found: describeGrant(one) }),
    ),
    ...[...wanted]
      .filter((text) => !held.has(text))
      .map((text): Violation => ({ rule: "grant_missing", object: text, found: "not held" })),
    ...checkRoles(catalogue),
    ...catalogue.settings.flatMap(checkSetting),
  ];
}

/** PostgreSQL lets everyone look into `public`, where rule `table_listed` and `function_listed` let nothing be. */
function isServerDefault({ on, object, role, privilege }: Catalogue["grants"][number]): boolean {
  return on === "schema" && object === "public" && privilege === "USAGE" && role === "public";
}

/** Settings that a session could begin with to name an organization, or to do without the policies and references. */
const TELLING = /^(app\.|row_security=|session_replication_role=|search_path=|role=)/;

function checkSetting({ role, setting }: Catalogue["settings"][number]): Violation[] {
  const listed: Record<string, Record<string, string>> = ROLE_SETTINGS;
  const isListed = Object.entries(listed[role] ?? {}).some(([name, value]) => setting === `${name}=${value}`);
  const isWrong = role === "everybody" ? TELLING.test(setting) : !isListed;
  return isWrong ? [{ rule: "role_setting", object: role, found: setting }] : [];
}

function checkRoles({ roles }: Catalogue): Violation[] {
  const missing = ROLES.filter((role) => !roles.some(({ name }) => name === role)).map(
    (role): Violation => ({ rule: "role_missing", object: role, found: "no such role" }),
  );
  return [...missing, ...roles.flatMap(checkRole)];
}

function checkRole(role: Catalogue["roles"][number]): Violation[] {
  const powers = Object.entries({
    superuser: role.isSuperuser,
    bypassrls: role.canBypass,
    createrole: role.canCreateRole,
    createdb: role.canCreateDatabase,
    replication: role.canReplicate,
  }).flatMap(([power, has]) => (has ? [power] : []));
  const object = role.name;
  const mayNotLogin = role.name === OWNER || role.name === DEFINER;
  return [
    ...powers.map((found): Violation => ({ rule: "role_too_strong", object, found })),
    ...role.memberOf.map(
      (found): Violation => ({ rule: "role_member", object, found: `member of ${found}` }),
    ),
    ...(mayNotLogin && role.canLogin
      ? [{ rule: "role_login", object, found: "login" } satisfies Violation]
      : []),
  ];
}
