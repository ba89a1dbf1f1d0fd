import { PAIRING_ALPHABET, PAIRING_CODE_LENGTH } from "@vitrine/core/model/device";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePerson } from "../device/testing/test-person.ts";
import { makeKeys, startPairing } from "../device/testing/test-screen.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { GUESSING_ADDRESS, guessAtDatabase, guessCodes, letWait } from "./guess-codes.ts";
import { FULL_MS, isFull, say } from "./size.ts";

/** Screens that wait at a time. */
const WAITING = isFull ? 10_000 : 1000;
const GUESSES = isFull ? { calls: 20_000, atDatabase: 1_000_000 } : { calls: 1000, atDatabase: 10_000 };
const ACCOUNTS = 25;
/** What each of them may try at once. */
const EACH = 5;
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
  "of guesses of many accounts at many addresses five of each account are looked up, and somebody else's code is found",
  async () => {
    const tally = await guessCodes(server, { guesses: GUESSES.calls, accounts: ACCOUNTS, addresses: 40 });
    say(
      "guesses at codes, by 25 accounts at 40 addresses",
      `${tally.sent}: ${tally.lookedUp} looked up, ${tally.hits} hits`,
    );
    expect(tally).toEqual({
      sent: GUESSES.calls,
      lookedUp: ACCOUNTS * EACH,
      hits: 0,
      refused: GUESSES.calls - ACCOUNTS * EACH,
      other: 0,
    });
    const { userCode } = await startPairing(server.url, makeKeys());
    const honest = await makePerson(server);
    const input = encodeURIComponent(JSON.stringify({ code: userCode }));
    const found = await fetch(`${server.url}/trpc/devices.findPairing?input=${input}`, {
      headers: { cookie: honest.cookie, "x-forwarded-for": GUESSING_ADDRESS },
    });
    expect(found.status).toBe(200);
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
    say("hits to be expected of so many", ((guesses * WAITING) / CODES).toExponential(1));
    expect(hits).toBe(0);
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
