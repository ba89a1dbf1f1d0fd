import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneTemplate, type TestDatabase } from "../testing/create-test-database.ts";
import { openSuperuser } from "../testing/seed.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { auditCatalogue, RULES, type Rule } from "./audit-catalogue.ts";
import { RIGHT_MUTANTS } from "./right-mutants.ts";
import { TABLE_MUTANTS } from "./table-mutants.ts";

const MUTANTS = [...TABLE_MUTANTS, ...RIGHT_MUTANTS];

let server: TestServer;
let database: TestDatabase;
let superuser: postgres.Sql;

// A server of its own: some mutants change roles, which all databases of a server share.
beforeAll(async () => {
  server = await startTestServer();
  database = await cloneTemplate(server.address);
  superuser = openSuperuser(database.superuserUrl);
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
});

test("the migrated database breaks no rule", async () => {
  expect(await auditCatalogue((text) => superuser.unsafe(text))).toEqual([]);
});

describe("a mutant is named", () => {
  test.each(MUTANTS)("%s on %s: %s", async (rule, object, _, text) => {
    const undo = new Error("undo");
    const found = await new Promise<Awaited<ReturnType<typeof auditCatalogue>>>((resolve, reject) => {
      superuser
        .begin(async (tx) => {
          await tx.unsafe(text);
          resolve(await auditCatalogue((query) => tx.unsafe(query)));
          throw undo;
        })
        .catch((error: unknown) => {
          if (error !== undo) reject(error);
        });
    });
    expect(found.map((one) => `${one.rule} ${one.object}`)).toContain(`${rule} ${object}`);
  });

  test("and every rule has one", () => {
    const foreign = new Set<string>(["no_foreign_table"]);
    const covered = new Set(MUTANTS.map(([rule]) => rule));
    expect(Object.keys(RULES).filter((rule) => !covered.has(rule as Rule) && !foreign.has(rule))).toEqual([]);
  });

  test("no_foreign_table on tenant.remote: a table of another server", async () => {
    const [offered] = await superuser`select 1 from pg_available_extensions where name = 'file_fdw'`;
    if (offered === undefined) return;
    await superuser.unsafe(
      "create extension file_fdw; create server files foreign data wrapper file_fdw; create foreign table tenant.remote (organization_id uuid) server files options (filename '/dev/null')",
    );
    const found = await auditCatalogue((query) => superuser.unsafe(query));
    await superuser.unsafe("drop extension file_fdw cascade");
    expect(found.map((one) => `${one.rule} ${one.object}`)).toEqual(
      expect.arrayContaining(["no_foreign_table tenant.remote", "nothing_else files"]),
    );
  });

  test("and, undone, none of them is left", async () => {
    expect(await auditCatalogue((text) => superuser.unsafe(text))).toEqual([]);
  });
});
