import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Database, openDatabase } from "../database/open-database.ts";
import { type OrganizationScope, organizationScope } from "../database/scope.ts";
import { makeOrganization, openSuperuser } from "./seed.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

/** Two organizations in a database that is open over one connection of each kind. */
export interface NorthAndSouth {
  testDatabase: TestDatabase;
  superuser: postgres.Sql;
  database: Database;
  north: OrganizationScope;
  south: OrganizationScope;
  /** Whose outbox was written to and committed during the test, in order. */
  outboxCommits: string[];
  /** The names of an organization's playlists, in order. */
  names(scope: OrganizationScope): Promise<string[]>;
}

/** Makes one database for the tests of a file, and gives it to `take` before each of them, with new organizations. */
export function withNorthAndSouth(take: (world: NorthAndSouth) => void): void {
  let testDatabase: TestDatabase;
  let superuser: postgres.Sql;
  let database: Database;
  const outboxCommits: string[] = [];

  const names = async (scope: OrganizationScope) => {
    const rows =
      await superuser`select name from tenant.playlists where organization_id = ${scope.organizationId} order by name`;
    return rows.map(({ name }) => name);
  };

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    superuser = openSuperuser(testDatabase.superuserUrl);
    database = await openDatabase({
      url: testDatabase.urls.vitrine_app,
      batchConnections: 1,
      interactiveConnections: 1,
      onOutboxCommit: (organizationId) => outboxCommits.push(organizationId),
    });
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    await superuser.end();
    await testDatabase[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    const north = organizationScope(await makeOrganization(superuser, "North"));
    const south = organizationScope(await makeOrganization(superuser, "South"));
    outboxCommits.length = 0;
    take({ testDatabase, superuser, database, north, south, outboxCommits, names });
  });
}

/** A playlist to be inserted. */
export function playlistOf(scope: OrganizationScope, name: string) {
  return { organizationId: scope.organizationId, id: randomUUID(), name };
}
