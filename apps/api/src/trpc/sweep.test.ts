import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callProcedure, makeAlikeWorld, type World } from "../testing/alike-world.ts";
import { readState } from "../testing/organization-state.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
import { sweepProcedure } from "../testing/sweep.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const procedures = listProcedures();

test("every procedure of the router has sample input", () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(procedures.map(({ path }) => path).sort());
});

describe("a member of one organization, with the ids of another that is alike", () => {
  let server: TestServer;
  let superuser: postgres.Sql;
  let own: World;
  let foreign: World;
  beforeAll(async () => {
    server = await startTestServer();
    superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
    own = await makeAlikeWorld(server.url);
    foreign = await makeAlikeWorld(server.url);
  });
  afterAll(async () => {
    await superuser.end();
    await server[Symbol.asyncDispose]();
  });

  const calls = procedures.filter(({ type }) => type !== "subscription");
  test.each(calls)("$path finds and changes nothing of the other's", async ({ path, type }) => {
    const sample = SAMPLES[path];
    if (!sample) throw new Error(`No sample for ${path}`);
    const { cookie: _cookie, ...ids } = foreign;
    const faults = await sweepProcedure({
      sample: async (world) => sample(world === "own" ? own : foreign, server.url),
      call: (input) => callProcedure(server.url, path, { type, input, cookie: own.cookie }),
      foreignState: () => readState(superuser, foreign.organizationId),
      foreignIds: Object.values(ids),
    });
    expect(faults).toEqual([]);
    if (path === "account.signOut" || path === "organization.select")
      own = { ...own, ...(await signedInAgain()) };
  });

  async function signedInAgain(): Promise<Partial<World>> {
    return makeAlikeWorld(server.url);
  }
});
