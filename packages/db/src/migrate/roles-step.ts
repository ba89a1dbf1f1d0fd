import { DEFINER, OWNER, ROLE_SETTINGS, ROLES, SERVING_ROLES, type ServingRole } from "../access/roles.ts";
import type { Step } from "./step.ts";

/** Passwords to set on the roles that connect; a role left out keeps the one it has. */
export type RolePasswords = Partial<Record<ServingRole, string>>;

/** Makes the roles where they are missing and takes away whatever they should not have. Roles are of the whole server. */
export async function ensureRoles({ run, say }: Step, passwords: RolePasswords): Promise<void> {
  const existing = new Map((await readRoles(run)).map((role) => [role.name, role]));
  for (const role of ROLES) {
    const before = existing.get(role);
    if (before === undefined) {
      await run(createRole(role));
      say(`role ${role} made`);
    } else if (before.isTooStrong) {
      await run(`alter role ${role} nosuperuser nobypassrls nocreaterole nocreatedb noreplication`);
      say(`role ${role} held to its rights`);
    }
  }
  for (const role of SERVING_ROLES) {
    const password = passwords[role];
    const secret = password === undefined ? "" : ` password ${quoteLiteral(password)}`;
    if (password !== undefined || !existing.get(role)?.canLogin)
      await run(`alter role ${role} login${secret}`);
    const missing = Object.entries(ROLE_SETTINGS[role]).filter(
      ([name, value]) => !existing.get(role)?.settings.includes(`${name}=${value}`),
    );
    for (const [name, value] of missing) await run(`alter role ${role} set ${name} = '${value}'`);
  }
  for (const role of [OWNER, DEFINER]) await run(letActAs(role));
}

/** From PostgreSQL 16 on, who makes a role may administer it but not yet act as it. */
function letActAs(role: string): string {
  return `do $$ declare
    needed text := case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end;
  begin
    if not (pg_has_role(current_user, '${role}', needed) and pg_has_role(current_user, '${role}', 'USAGE')) then
      grant ${role} to current_user;
    end if;
  end $$`;
}

/** Two databases of one server may be migrated at once, so another may have made the role meanwhile. */
function createRole(role: string): string {
  return `do $$ begin
    create role ${role} nologin nosuperuser nobypassrls nocreaterole nocreatedb noreplication noinherit;
  exception when duplicate_object or unique_violation then null; end $$`;
}

/** A text as an SQL literal, whatever it holds. */
function quoteLiteral(text: string): string {
  if (text.includes("\0")) throw new TypeError("A password cannot contain the character NUL");
  const quoted = `'${text.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
  return text.includes("\\") ? ` E${quoted}` : quoted;
}

async function readRoles(run: Step["run"]) {
  const rows = await run(`
    select r.rolname::text as name, r.rolcanlogin as login,
      r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as strong,
      coalesce(s.setconfig, '{}')::text as settings
    from pg_roles r left join pg_db_role_setting s on s.setrole = r.oid and s.setdatabase = 0
    where r.rolname like 'vitrine\\_%'`);
  return rows.map(({ name, login, strong, settings }) => ({
    name: String(name),
    canLogin: login === true,
    isTooStrong: strong === true,
    settings: String(settings).slice(1, -1).split(","),
  }));
}
