import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type postgres from "postgres";
import { describe, expect, test } from "vitest";
import { auditEvents, playlists } from "../schema/index.ts";
import { type NorthAndSouth, playlistOf, withNorthAndSouth } from "../testing/north-and-south.ts";
import { makeOrganization } from "../testing/seed.ts";
import type { TestDatabase } from "../testing/test-database.ts";
import { type Database, openDatabase } from "./open-database.ts";
import { type OrganizationScope, organizationScope } from "./scope.ts";

let testDatabase: TestDatabase;
let superuser: postgres.Sql;
let database: Database;
let north: OrganizationScope;
let south: OrganizationScope;
let names: NorthAndSouth["names"];
withNorthAndSouth((world) => {
  ({ testDatabase, superuser, database, north, south, names } = world);
});

describe("another organization's rows", () => {
  const ways = {
    batch: async (scope: OrganizationScope, text: ReturnType<typeof sql>) =>
      (await database.batch(scope, (q) => [q.execute(text)]))[0],
    interactive: (scope: OrganizationScope, text: ReturnType<typeof sql>) =>
      database.inOrganization(scope, (tx) => tx.execute(text)),
  };
  const states: Record<string, () => Promise<unknown>> = {
    "at first": async () => {},
    "after an error": () => database.batch(south, (q) => [q.execute(sql`select 1 / 0`)]).catch(() => {}),
    "after a rollback": () =>
      database
        .inOrganization(south, async (tx) => {
          await tx.execute(sql`select 1`);
          throw new Error("rolled back");
        })
        .catch(() => {}),
    "after a transaction of their organization": () =>
      database.inOrganization(south, (tx) => tx.execute(sql`select * from tenant.playlists`)),
  };
  const cases = Object.keys(ways).flatMap((way) => Object.keys(states).map((state) => [way, state] as const));

  test.each(cases)(
    "are neither seen, changed, removed, referred to nor added (%s, %s)",
    async (way, state) => {
      const theirs = playlistOf(south, "Theirs");
      await superuser`insert into tenant.playlists ${superuser({ organization_id: south.organizationId, id: theirs.id, name: theirs.name })}`;
      const run = (text: ReturnType<typeof sql>) => ways[way as keyof typeof ways](north, text);
      await states[state]?.();
      expect(await run(sql`select * from tenant.playlists`)).toHaveLength(0);
      expect(await run(sql`select * from tenant.playlists where id = ${theirs.id} for update`)).toHaveLength(
        0,
      );
      expect((await run(sql`update tenant.playlists set name = 'Mine' where id = ${theirs.id}`)).count).toBe(
        0,
      );
      expect((await run(sql`delete from tenant.playlists where id = ${theirs.id}`)).count).toBe(0);
      const add = (organization: string) =>
        run(
          sql`insert into tenant.playlists (organization_id, id, name) values (${organization}, ${randomUUID()}, 'Planted')`,
        );
      await expect(add(south.organizationId)).rejects.toMatchObject({ code: "42501" });
      await expect(
        run(sql`insert into tenant.playlists (organization_id, id, name) values (${south.organizationId}, ${theirs.id}, 'Theirs')
        on conflict (organization_id, id) do update set name = 'Mine'`),
      ).rejects.toMatchObject({ code: "42501" });
      await expect(
        run(sql`insert into tenant.devices (organization_id, id, name, time_zone, playlist_id)
        values (${north.organizationId}, ${randomUUID()}, 'Hall', 'UTC', ${theirs.id})`),
      ).rejects.toMatchObject({ code: "23503" });
      await add(north.organizationId);
      await expect(
        run(
          sql`update tenant.playlists set organization_id = ${south.organizationId} where name = 'Planted'`,
        ),
      ).rejects.toMatchObject({ code: "42501" });
      expect(await names(south)).toEqual(["Theirs"]);
      expect(await names(north)).toEqual(["Planted"]);
    },
  );

  test("neither table nor audit trail can be emptied, nor the trail changed", async () => {
    await database.batch(north, (q) => [
      q.insert(auditEvents).values({
        organizationId: north.organizationId,
        id: randomUUID(),
        actorKind: "system",
        actorName: "s",
        action: "a",
        subject: "asset",
      }),
    ]);
    for (const text of [
      sql`truncate tenant.playlists`,
      sql`delete from tenant.audit_events`,
      sql`update tenant.audit_events set action = 'b'`,
      sql`select * from system.users`,
    ]) {
      await expect(ways.batch(north, text)).rejects.toMatchObject({ code: "42501" });
    }
  });
});

test("many organizations over few connections, with errors among them, never see one another", async () => {
  await using busy = await openDatabase({
    url: testDatabase.urls.vitrine_app,
    batchConnections: 2,
    interactiveConnections: 2,
  });
  const scopes = await Promise.all(
    Array.from({ length: 12 }, async (_, number) =>
      organizationScope(await makeOrganization(superuser, `T${number}`)),
    ),
  );
  const runs = Array.from({ length: 600 }, async (_, number) => {
    const scope = scopes[(number * 7) % scopes.length] ?? north;
    const insert = playlistOf(scope, `P${number}`);
    if (number % 5 === 0) {
      await busy
        .batch(scope, (q) => [q.insert(playlists).values(insert), q.execute(sql`select 1 / 0`)])
        .catch(() => {});
      return;
    }
    if (number % 2 === 0) {
      const [, rows] = await busy.batch(scope, (q) => [
        q.insert(playlists).values(insert),
        q.select().from(playlists),
      ]);
      expect(new Set(rows.map(({ organizationId }) => organizationId))).toEqual(
        new Set([scope.organizationId]),
      );
      return;
    }
    const rows = await busy.inOrganization(scope, async (tx) => {
      await tx.insert(playlists).values(insert);
      return tx.select().from(playlists);
    });
    expect(new Set(rows.map(({ organizationId }) => organizationId))).toEqual(
      new Set([scope.organizationId]),
    );
  });
  await Promise.all(runs);
  const [row] = await superuser`select count(*)::int as count from tenant.playlists where name ~ '^P[0-9]+$'
    and organization_id in ${superuser(scopes.map(({ organizationId }) => organizationId))}`;
  expect(row?.count).toBe(480);
});
