import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCatalogue } from "../catalogue/read-catalogue.ts";
import { beginFor } from "../database/burst.ts";
import { Lane } from "../database/lane.ts";
import { limitedScope } from "../database/scope.ts";
import { filledIds, fillOrganization } from "../testing/fill-organization.ts";
import { openSuperuser } from "../testing/seed.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";

/** Rows of variant 1 belong to the member's business, of 2 to another, of 3 to none. */
const [OWN, OTHER, UNBOUND] = [1, 2, 3] as const;
const BOUND = ["assets", "playlists", "layouts", "device_groups", "devices", "schedule_entries"];
/** What limited members read whole: names and settings of the organization, and its named hours. */
const READ_BY_ALL = new Set(["organizations", "dayparts"]);
/** What is the organization's, of which a limited member reads nothing. */
const READ_BY_NONE = new Set([
  "api_keys",
  "audit_checks",
  "audit_events",
  "data_keys",
  "domains",
  "invitation_businesses",
  "invitations",
  "member_businesses",
  "member_grants",
  "memberships",
  "outbox",
]);

let database: TestDatabase;
let superuser: postgres.Sql;
let lane: Lane;
let organizationId: string;
let tables: string[];
beforeAll(async () => {
  database = await createTestDatabase();
  superuser = openSuperuser(database.superuserUrl);
  lane = new Lane({
    url: database.superuserUrl,
    applicationName: "limited",
    connectTimeoutMs: 10_000,
    preparedTexts: 0,
  });
  organizationId = crypto.randomUUID();
  await superuser`insert into tenant.organizations (organization_id, name) values (${organizationId}, 'Test')`;
  for (const variant of [OWN, OTHER, UNBOUND]) await fillOrganization(superuser, organizationId, variant);
  for (const variant of [OWN, OTHER, UNBOUND])
    for (const table of BOUND)
      await superuser`update ${superuser(`tenant.${table}`)}
        set business_id = ${variant === UNBOUND ? null : filledIds(variant).business}
        where id::text like ${`0190b0f4-000${variant}-%`}`;
  const catalogue = await readCatalogue((text) => superuser.unsafe(text));
  tables = catalogue.relations
    .filter(({ schema, kind }) => schema === "tenant" && kind === "table")
    .map(({ name }) => name);
});
afterAll(async () => {
  await lane.drop();
  await superuser.end();
  await database[Symbol.asyncDispose]();
});

const limitedTo = (...businessIds: string[]) => beginFor(limitedScope(organizationId, businessIds));
const own = () => limitedTo(filledIds(OWN).business);

type Outcome = { count: number; text: string } | { refused: string };

/** Runs one statement as the serving role within the limit, after what else is to be so, and undoes all of it. */
async function attempt(begin: string, statement: string, before = "select 1"): Promise<Outcome> {
  await lane.control("BEGIN");
  try {
    await lane.control(before);
    await lane.control(`set local role vitrine_app;${begin.replace(/^BEGIN;/, "")}`);
    const { count, rows } = await lane.send(statement, [], "objects");
    return { count, text: JSON.stringify(rows) };
  } catch (error) {
    return { refused: String(Reflect.get(Object(error), "code")) };
  } finally {
    await lane.control("ROLLBACK");
  }
}

const markOf = (variant: number) => `0190b0f4-000${variant}-`;
const shaOf = (variant: number) => `${variant}`.repeat(64);
/** Whose rows an answer holds. */
const variantsIn = (outcome: Outcome) =>
  "refused" in outcome
    ? [outcome.refused]
    : [OWN, OTHER, UNBOUND].filter(
        (variant) => outcome.text.includes(markOf(variant)) || outcome.text.includes(shaOf(variant)),
      );

test("a member limited to a business reads the rows that belong to it, of every table, and no others", async () => {
  const found: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const table of tables) {
    found[table] = variantsIn(await attempt(own(), `select to_jsonb(t) from tenant.${table} t`));
    expected[table] = READ_BY_NONE.has(table) ? [] : [OWN];
    if (table === "dayparts") expected[table] = [OWN, OTHER, UNBOUND];
    if (table === "organizations") expected[table] = [];
  }
  expect(tables.length).toBeGreaterThan(30);
  expect(found).toEqual(expected);
});

test("a limit to nothing, and one that is garbage, reach nothing", async () => {
  const begins = {
    "no business": limitedTo(),
    "a business of nobody": limitedTo(crypto.randomUUID()),
    garbage: `BEGIN;SET LOCAL app.organization_id='${organizationId}';SET LOCAL app.businesses='everything'`,
    "half an id": `BEGIN;SET LOCAL app.organization_id='${organizationId}';SET LOCAL app.businesses='{${filledIds(OWN).business.slice(0, 20)}}'`,
    "a comma too many": `BEGIN;SET LOCAL app.organization_id='${organizationId}';SET LOCAL app.businesses='{${filledIds(OWN).business},}'`,
  };
  for (const [name, begin] of Object.entries(begins))
    for (const table of tables.filter((one) => !READ_BY_ALL.has(one)))
      expect([name, table, await attempt(begin, `select * from tenant.${table}`)]).toEqual([
        name,
        table,
        { count: 0, text: "[]" },
      ]);
});

test("a limit ends with its transaction", async () => {
  await lane.control(own());
  await lane.control("COMMIT");
  const { rows } = await lane.send("select app.current_businesses() is null as is_unlimited", [], "objects");
  expect(rows).toEqual([{ is_unlimited: true }]);
});

describe("a limited member", () => {
  test("changes and removes no row of others", async () => {
    for (const table of tables) {
      const where = `t::text like '%${markOf(OTHER)}%' or t::text like '%${markOf(UNBOUND)}%'`;
      for (const statement of [
        `update tenant.${table} t set organization_id = organization_id where ${where}`,
        `delete from tenant.${table} t where ${where}`,
      ]) {
        const outcome = await attempt(own(), statement);
        const isNone = "refused" in outcome ? outcome.refused === "42501" : outcome.count === 0;
        expect([statement, outcome, isNone]).toEqual([statement, outcome, true]);
      }
    }
  });

  test("makes nothing of others' and nothing unbound, and takes nothing out of the business", async () => {
    for (const table of BOUND) {
      for (const businessId of [`'${filledIds(OTHER).business}'`, "null"]) {
        const moved = `update tenant.${table} set business_id = ${businessId}`;
        expect([moved, await attempt(own(), moved)]).toEqual([moved, { refused: "42501" }]);
        const names = table === "layouts" ? ", main_zone_id" : table === "devices" ? ", time_zone" : "";
        const values = table === "layouts" ? ", gen_random_uuid()" : table === "devices" ? ", 'UTC'" : "";
        const more = { assets: [", kind, state", ", 'image', 'pending'"] }[table] ?? [names, values];
        const entry = table === "schedule_entries";
        const [columns, given] = entry
          ? [", kind, playlist_id", `, 'normal', '${filledIds(OWN).playlist}'`]
          : more;
        const made = `insert into tenant.${table} (organization_id, id, name, business_id${columns})
          values ('${organizationId}', gen_random_uuid(), 'New', ${businessId}${given})`;
        expect([made, await attempt(own(), made)]).toEqual([made, { refused: "42501" }]);
      }
    }
  });

  test("names nothing of others, though a foreign key would let them", async () => {
    const mine = filledIds(OWN);
    for (const variant of [OTHER, UNBOUND]) {
      const theirs = filledIds(variant);
      const statements = [
        `update tenant.playlist_items set asset_id = '${theirs.asset}'`,
        `update tenant.playlist_items set asset_id = null, nested_playlist_id = '${theirs.playlist}'`,
        `insert into tenant.playlist_items (organization_id, id, playlist_id, asset_id, position)
          values ('${organizationId}', gen_random_uuid(), '${mine.playlist}', '${theirs.asset}', 'a1')`,
        `insert into tenant.playlist_items (organization_id, id, playlist_id, asset_id, position)
          values ('${organizationId}', gen_random_uuid(), '${theirs.playlist}', '${mine.asset}', 'a1')`,
        `update tenant.devices set playlist_id = '${theirs.playlist}'`,
        `update tenant.layout_zones set playlist_id = '${theirs.playlist}'`,
        `update tenant.schedule_entries set playlist_id = '${theirs.playlist}'`,
        `update tenant.schedule_entries set playlist_id = null, asset_id = '${theirs.asset}'`,
        `update tenant.schedule_entries set playlist_id = null, layout_id = '${theirs.layout}'`,
        `update tenant.assets set blob_sha256 = '${shaOf(variant)}'`,
        `insert into tenant.group_devices (organization_id, group_id, device_id)
          values ('${organizationId}', '${mine.group}', '${theirs.device}')`,
        `insert into tenant.group_devices (organization_id, group_id, device_id)
          values ('${organizationId}', '${theirs.group}', '${mine.device}')`,
        `insert into tenant.entry_devices (organization_id, entry_id, device_id)
          values ('${organizationId}', '${mine.entry}', '${theirs.device}')`,
        `insert into tenant.entry_groups (organization_id, entry_id, group_id)
          values ('${organizationId}', '${mine.entry}', '${theirs.group}')`,
        `insert into tenant.device_commands (organization_id, id, device_id, kind, expires_at)
          values ('${organizationId}', gen_random_uuid(), '${theirs.device}', 'identify', now())`,
      ];
      for (const statement of statements)
        expect([statement, await attempt(own(), statement)]).toEqual([statement, { refused: "42501" }]);
    }
  });

  test("finds by the functions of the database what is theirs", async () => {
    const found: [string, number[]][] = [
      ["select * from app.search_assets('menu')", [OWN]],
      ["select * from app.search_assets('lunch')", [OWN]],
      ["select * from app.search_playlists('lo')", [OWN]],
      ["select * from app.search_devices('hall')", [OWN]],
      ["select * from app.search_devices('door')", [OWN]],
      ["select * from app.list_second_factors()", []],
    ];
    for (const [statement, variants] of found)
      expect([statement, variantsIn(await attempt(own(), statement))]).toEqual([statement, variants]);
    expect(await attempt(own(), "select app.claim_slug('mine')")).toEqual({ refused: "42501" });
  });
});

test("without any one of the policies that limit, a member sees or changes more", async () => {
  const catalogue = await readCatalogue((text) => superuser.unsafe(text));
  const policies = catalogue.policies.filter(
    ({ schema, name }) => schema === "tenant" && name.startsWith("business"),
  );
  expect(policies.length).toBeGreaterThan(35);
  const missed: string[] = [];
  for (const { table, name, command } of policies) {
    const drop = `drop policy ${name} on tenant.${table}`;
    const reads = await attempt(own(), `select to_jsonb(t) from tenant.${table} t`, drop);
    const isMore = "count" in reads && reads.count > (READ_BY_NONE.has(table) ? 0 : 1);
    const isFound =
      command === "INSERT" || command === "UPDATE" || command === "DELETE"
        ? await isLoosened(table, command, drop)
        : isMore;
    if (!isFound) missed.push(`${table}.${name}`);
  }
  expect(missed).toEqual([]);
});

/** Of what everybody reads: whether a row can be changed or added without the policy. Removing is not granted at all. */
async function isLoosened(table: string, command: string, drop: string): Promise<boolean> {
  const statements: Record<string, string> = {
    INSERT: `insert into tenant.${table} (organization_id, id, name, windows) values ('${organizationId}', gen_random_uuid(), 'New', '[]')`,
    UPDATE: `update tenant.${table} set name = name || '!'`,
  };
  const statement = statements[command];
  if (statement === undefined) return true;
  const [held, loosened] = [await attempt(own(), statement), await attempt(own(), statement, drop)];
  return "refused" in held && !("refused" in loosened);
}
