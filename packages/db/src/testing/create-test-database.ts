import { randomUUID } from "node:crypto";
import { SERVING_ROLES, type ServingRole } from "../access/roles.ts";
import { migrate, roleUrl } from "../migrate/migrate.ts";
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
  await onServer(address, `create database ${name} template ${TEMPLATE}`);
  const superuserUrl = withDatabase(address.superuserUrl, name);
  // A clone has the template's content but not the rights on the database itself.
  await migrate({ url: superuserUrl });
  const [app, auth, jobs] = SERVING_ROLES;
  const urlOf = (role: ServingRole) => roleUrl(superuserUrl, role, address.passwords[role]);
  return {
    name,
    superuserUrl,
    urls: { [app]: urlOf(app), [auth]: urlOf(auth), [jobs]: urlOf(jobs) },
    [Symbol.asyncDispose]: () => onServer(address, `drop database if exists ${name} with (force)`),
  };
}
