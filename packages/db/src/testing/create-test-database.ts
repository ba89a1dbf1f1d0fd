import { randomUUID } from "node:crypto";
import { SERVING_ROLES, type ServingRole } from "../access/roles.ts";
import { roleUrl } from "../migrate/migrate.ts";
import { onServer, TEMPLATE, type TestServerAddress, withDatabase } from "./test-server.ts";

/** A database of its own, migrated and empty; disposing drops it and whoever is still connected. */
export interface TestDatabase extends AsyncDisposable {
  name: string;
  superuserUrl: string;
  urls: Record<ServingRole, string>;
}

/** Clones the template of a test server: some 100 ms. */
export async function cloneTemplate(address: TestServerAddress): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(address, `create database ${name} template ${TEMPLATE}`, copyRights(name));
  const superuserUrl = withDatabase(address.superuserUrl, name);
  const [app, auth, jobs] = SERVING_ROLES;
  const urlOf = (role: ServingRole) => roleUrl(superuserUrl, role, address.passwords[role]);
  return {
    name,
    superuserUrl,
    urls: { [app]: urlOf(app), [auth]: urlOf(auth), [jobs]: urlOf(jobs) },
    [Symbol.asyncDispose]: () => onServer(address, `drop database if exists ${name} with (force)`),
  };
}

/** A clone has the template's content but not the rights on the database itself. */
function copyRights(database: string): string {
  return `do $$
    declare
      v_right record;
    begin
      revoke all on database ${database} from public;
      for v_right in
        select a.privilege_type, a.grantee::regrole as role
        from pg_database d, aclexplode(d.datacl) a where d.datname = '${TEMPLATE}' and a.grantee <> 0
      loop
        execute format('grant %s on database ${database} to %s', v_right.privilege_type, v_right.role);
      end loop;
    end $$`;
}
