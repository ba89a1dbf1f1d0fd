import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tryMutants, type Verdict } from "../mutants/try-mutants.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { CONTROLS, findsHole } from "./controls.ts";
import type { Context } from "./matrix.ts";
import { runMatrix } from "./run-matrix.ts";
import { Tally } from "./tally.ts";

/** One context of each kind; `npm run attacks` runs all of them. */
const CONTEXTS: readonly Context[] = [
  { identity: "own", state: "warm", path: "burst" },
  { identity: "own", state: "after an error", path: "interactive" },
  { identity: "another's", state: "fresh", path: "burst" },
  { identity: "none", state: "after a rollback", path: "burst" },
  { identity: "empty", state: "warm", path: "burst" },
  { identity: "garbage", state: "after an error", path: "loop" },
  { identity: "credentials role", state: "fresh", path: "burst" },
];
/** `npm run mutants` makes all of them. */
const EVERY = 40;

/** Some seconds of work, on a machine that may have much else to do. */
const PATIENCE_MS = 300_000;

let server: TestServer;

// A server of its own: some mutants and holes change roles, which all databases of a server share.
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

test(
  "no attack of one organization on another sees or changes anything",
  async () => {
    const tally = new Tally();
    await runMatrix(server.address, { organizations: 4, contexts: CONTEXTS, operations: 0, lanes: 3 }, tally);
    expect(tally.leaks).toEqual([]);
    expect(tally.total.operations).toBeGreaterThan(10_000);
  },
  PATIENCE_MS,
);

describe("a hole is found by attacks", () => {
  const some = CONTROLS.filter(({ only }) =>
    ["assets", "devices", "functions"].some((one) => only.includes(one)),
  );
  test.each(some)(
    "$name",
    async (control) => {
      expect([...(await findsHole(server.address, control))]).not.toEqual([]);
    },
    PATIENCE_MS,
  );
});

test(
  `every ${EVERY}th mutant of the walls is found`,
  async () => {
    const verdicts: Verdict[] = [];
    await tryMutants(server.address, {
      pick: (_, place) => place % EVERY === 0,
      isAttackedAnyway: false,
      hear: (verdict) => verdicts.push(verdict),
    });
    expect(verdicts.length).toBeGreaterThan(15);
    const survivors = verdicts.filter(
      ({ byAudit, byAttack }) => byAudit === undefined && byAttack === undefined,
    );
    expect(survivors).toEqual([]);
  },
  PATIENCE_MS,
);
