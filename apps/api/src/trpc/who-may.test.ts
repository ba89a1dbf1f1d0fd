import { PERMISSIONS } from "@vitrine/core/model/permissions";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callAs, withoutLimits } from "../testing/access/call-as.ts";
import {
  expectedOf,
  KINDS,
  type Kind,
  NEEDED,
  PEOPLE,
  PERMISSIONS_OF_ALL,
  type Person,
} from "../testing/access/who-may.ts";
import { makeAlikeWorld, strangeWorld, type World } from "../testing/alike-world.ts";
import { readState } from "../testing/organization-state.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const CALLS = Number(process.env.VITRINE_CALLS ?? 400);
const SEEDS =
  process.env.VITRINE_SEED === undefined
    ? [5, Date.now() % 1_000_000_007]
    : [Number(process.env.VITRINE_SEED)];

/** What ends or uses up the thing that it is called on: tried by those who may not, and on what is not theirs. */
const FINAL = new Set([
  "apiKeys.revoke",
  "apiKeys.rotate",
  "devices.revoke",
  "invitations.withdraw",
  "members.setExtra",
  "members.setBusinesses",
  "businesses.remove",
  "members.setRole",
  "members.remove",
  "members.restore",
  "members.handOver",
  "playlists.removeItems",
  "schedule.endOverride",
  "schedule.removeOccurrence",
  "schedule.moveOccurrence",
]);

/** What says that the caller is not the one who may, and what nothing should ever be. */
const REFUSALS_OF_WHO = new Set([
  "LIMITED_TO_BUSINESSES",
  "NOT_SIGNED_IN",
  "NO_ORGANIZATION",
  "PERMISSION_MISSING",
  "INTERNAL",
]);

test("the model knows every permission, and every procedure that asks for one", () => {
  expect([...PERMISSIONS_OF_ALL].sort()).toEqual([...PERMISSIONS].sort());
  const asked = listProcedures().flatMap(({ path, access }) => (access?.kind === "open" ? [] : [path]));
  expect(Object.keys(NEEDED).sort()).toEqual(asked.sort());
});

describe("people who may do different things, and some limited to businesses", () => {
  let server: TestServer;
  let sql: postgres.Sql;
  let own: World;
  let foreign: World;
  const tokens = new Map<Person, string>();
  /** By the path of a removal or its undoing: a thing that nothing uses. */
  const spares = new Map<string, string>();
  let made = 0;

  beforeAll(async () => {
    server = await startTestServer();
    sql = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
    own = await makeAlikeWorld(server.url);
    foreign = await makeAlikeWorld(server.url);
    // What waits for a screen would run out meanwhile, and that is a change.
    await sql`update tenant.device_commands set expires_at = '2199-01-01'`;
    // Everything belongs to one business; who is limited to another one finds nothing of it.
    for (const table of ["assets", "playlists", "layouts", "device_groups", "devices", "schedule_entries"])
      await sql`update ${sql(`tenant.${table}`)} set business_id = ${own.businessId}
        where organization_id = ${own.organizationId}`;
    for (const one of PEOPLE) tokens.set(one, await signedIn(one));
    for (const area of ["playlists", "layouts", "dayparts", "groups", "schedule"]) {
      const copy = await asOwner(`${area}.duplicate`);
      for (const act of ["remove", "restore"])
        spares.set(`${area}.${act}`, String(Reflect.get(Object(copy), "id")));
    }
  });
  afterAll(async () => {
    await sql.end();
    await server[Symbol.asyncDispose]();
  });

  test.each(SEEDS)(
    "are answered as the plain model says (seed %i)",
    async (seed) => {
      const before = await readState(sql, foreign.organizationId);
      const paths = Object.keys(NEEDED).filter((path) => path !== "events.stream");
      const cell = fc.record({
        person: fc.constantFrom(...PEOPLE),
        path: fc.constantFrom(...paths),
        kind: fc.constantFrom(...KINDS),
      });
      const wrong = new Map<string, number>();
      let calls = 0;
      for (const { person, path, kind } of fc.sample(cell, { seed, numRuns: CALLS })) {
        const fault = await tryOne(person, path, kind);
        if (fault === "not tried") continue;
        calls += 1;
        if (fault !== undefined) wrong.set(fault, (wrong.get(fault) ?? 0) + 1);
      }
      process.stdout.write(
        `who may do what: seed ${seed}, ${calls} calls, ${wrong.size} not as the model says\n`,
      );
      expect(Object.fromEntries(wrong)).toEqual({});
      expect(await readState(sql, foreign.organizationId)).toBe(before);
    },
    900_000,
  );

  async function tryOne(person: Person, path: string, kind: Kind): Promise<string | undefined> {
    if (NEEDED[path] === "account" && kind !== "signed out") return "not tried";
    const inputs = {
      own: await inputFor(path, own),
      foreign: await inputFor(path, foreign),
      random: await inputFor(path, strangeWorld()),
    };
    const text = JSON.stringify(inputs.own) ?? "";
    const hasIds = [...Object.values(own), ...spares.values()].some((id) => text.includes(id));
    const expected = expectedOf(person, path, kind, hasIds);
    if (expected === "OK" && FINAL.has(path)) return "not tried";
    if (expected === "OK" && path.endsWith(".restore")) await asOwner(path.replace(".restore", ".remove"));
    const token = kind === "signed out" ? null : (tokens.get(person) ?? "");
    const named = kind === "signed out" ? "own" : kind;
    const outcome = await callAs(withoutLimits(server.services), token, path, inputs[named]);
    const missing =
      outcome.code === "PERMISSION_MISSING" || outcome.code === "LIMITED_TO_BUSINESSES"
        ? ` ${String(Reflect.get(Object(outcome.data), "permission"))}`
        : "";
    const back = path.replace(/\.remove$/, ".restore");
    if (outcome.code === "OK" && back !== path && NEEDED[back] !== undefined) await asOwner(back);
    const found = outcome.code + missing;
    const isLetIn = expected === "let in" && !REFUSALS_OF_WHO.has(outcome.code);
    return found === expected || isLetIn
      ? undefined
      : `${person.name} calls ${path} (${kind}): ${found}, not ${expected}`;
  }

  /** Input whose only difference between worlds is ids. */
  async function inputFor(path: string, world: World): Promise<unknown> {
    if (path === "devices.findPairing") return { code: "BCDF-GHJK-LMNP" };
    if (path === "devices.claim")
      return { code: "BCDF-GHJK-LMNP", name: "Second", playlistId: world.playlistId };
    const input = await SAMPLES[path]?.(world, server.url);
    const spare = spares.get(path);
    if (world === own && spare !== undefined) return { ids: [spare] };
    if (!path.endsWith(".create") || Reflect.get(Object(input), "name") === undefined) return input;
    made += 1;
    return { ...Object(input), name: `New ${made}` };
  }

  /** A call of the owner's with their own things: removes or brings back what another call is about. */
  async function asOwner(path: string): Promise<unknown> {
    const [owner] = PEOPLE;
    const token = owner === undefined ? null : (tokens.get(owner) ?? null);
    const { code, data } = await callAs(
      withoutLimits(server.services),
      token,
      path,
      await inputFor(path, own),
    );
    if (code !== "OK") throw new Error(`${path} by the owner: ${code}`);
    return data;
  }

  async function signedIn({ name, role, extra, limitedTo }: Person): Promise<string> {
    const userId = crypto.randomUUID();
    const { organizationId } = own;
    await sql`insert into system.users (id, email, name, password_hash)
      values (${userId}, ${`${userId}@example.com`}, ${name}, 'none')`;
    await sql`insert into tenant.memberships (organization_id, user_id, role, is_limited)
      values (${organizationId}, ${userId}, ${role}, ${limitedTo !== undefined})`;
    const businesses = {
      "its business": [own.businessId],
      "another business": [own.spareBusinessId],
      nothing: [],
    }[limitedTo ?? "nothing"];
    await sql`insert into tenant.member_businesses (organization_id, user_id, business_id)
      select ${organizationId}, ${userId}, unnest(${businesses}::uuid[])`;
    await sql`insert into tenant.member_grants (organization_id, user_id, "grant")
      select ${organizationId}, ${userId}, unnest(${[...extra]}::text[])`;
    const start = { userId, organizationId, userAgent: "test", remoteAddress: "192.0.2.7" };
    return (await server.services.sessions.open(start)).token;
  }
});
