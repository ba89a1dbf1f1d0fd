import { createHash } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll } from "vitest";
import type { AuthDatabase } from "../auth/auth-database.ts";
import { openAuthDatabase } from "../auth/open-auth-database.ts";
import { openSuperuser } from "./seed.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

/** A database as credentials are looked up in it, and as the superuser sees it. */
export interface AuthWorld {
  testDatabase: TestDatabase;
  superuser: postgres.Sql;
  auth: AuthDatabase;
}

/** Makes one database for the tests of a file, and gives it to `take` before the first. */
export function withAuthDatabase(take: (world: AuthWorld) => void): void {
  const stack = new AsyncDisposableStack();
  beforeAll(async () => {
    const testDatabase = stack.use(await createTestDatabase());
    const superuser = openSuperuser(testDatabase.superuserUrl);
    stack.defer(() => superuser.end());
    const auth = stack.use(await openAuthDatabase({ url: testDatabase.urls.vitrine_auth }));
    take({ testDatabase, superuser, auth });
  });
  afterAll(() => stack.disposeAsync());
}

/** SHA-256 in hexadecimal, as secrets are kept. */
export const hash = (text: string) => createHash("sha256").update(text).digest("hex");

export const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
