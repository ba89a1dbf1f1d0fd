import { PAIRING_ALPHABET, PAIRING_CODE_LENGTH } from "@vitrine/core/model/device";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { guessAtDatabase, guessCodes, letWait } from "./guess-codes.ts";
import { FULL_MS, isFull, say } from "./size.ts";

/** As many as may wait at a time. */
const WAITING = 2000;
const GUESSES = isFull ? { calls: 20_000, atDatabase: 1_000_000 } : { calls: 1000, atDatabase: 10_000 };
const CODES = PAIRING_ALPHABET.length ** PAIRING_CODE_LENGTH;

let server: TestServer;
let sql: postgres.Sql;
beforeAll(async () => {
  server = await startTestServer({ VITRINE_TRUSTED_PROXIES: "1" });
  sql = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  await letWait(sql, server.services.mac, WAITING);
});
afterAll(async () => {
  await sql.end();
  await server[Symbol.asyncDispose]();
});

test(
  "of guesses of many accounts at many addresses a hundred are looked up, and no more in a code's life",
  async () => {
    const tally = await guessCodes(server, { guesses: GUESSES.calls, accounts: 25, addresses: 40 });
    say(
      "guesses at codes, by 25 accounts at 40 addresses",
      `${tally.sent}: ${tally.lookedUp} looked up, ${tally.hits} hits`,
    );
    const aDay = (tally.lookedUp * 144 * WAITING) / CODES;
    say("chance of one hit a day, if as many wait as may, and nobody stops", aDay.toExponential(1));
    expect(tally).toEqual({
      sent: GUESSES.calls,
      lookedUp: 100,
      hits: 0,
      refused: GUESSES.calls - 100,
      other: 0,
    });
  },
  FULL_MS,
);

test(
  "a code that waits is found by its own text at the database, and by others that are drawn only as chance has it",
  async () => {
    const organizationId = crypto.randomUUID();
    const { mac } = server.services;
    const guesses = GUESSES.atDatabase;
    const hits = await guessAtDatabase(sql, mac, { guesses, organizationId });
    say("guesses at the database itself, past all limits", `${guesses}: ${hits} hits`);
    say("hits to be expected of so many", ((guesses * WAITING) / CODES).toFixed(3));
    expect(hits).toBeLessThan(3);
    const [waiting] = await sql<
      { hash: string }[]
    >`select user_code_hash as hash from system.pairing_requests limit 1`;
    const found = await sql.begin(async (tx) => {
      await tx.unsafe(`set local app.organization_id = '${organizationId}'`);
      return tx`select id from app.find_pairing(${waiting?.hash ?? ""})`;
    });
    expect(found).toHaveLength(1);
  },
  FULL_MS,
);
