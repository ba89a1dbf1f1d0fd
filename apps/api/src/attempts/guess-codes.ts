import { randomInt } from "node:crypto";
import { PAIRING_ALPHABET, PAIRING_CODE_LENGTH } from "@vitrine/core/model/device";
import type postgres from "postgres";
import { makeUserCode, userCodeHash } from "../auth/pairing-codes.ts";
import type { Mac } from "../platform/mac.ts";
import { newEmail, openBrowser } from "../testing/browser.ts";
import type { TestServer } from "../testing/test-server.ts";
import { inTurns } from "./in-turns.ts";

/** What came of guesses through the API: how many were looked up, and how many were refused unread. */
export type GuessTally = { sent: number; lookedUp: number; hits: number; refused: number; other: number };

/**
 * Guesses at codes on glasses as people of many accounts at many addresses would, ten calls a request. The server has to
 * trust one proxy, so that addresses can be many.
 */
export async function guessCodes(
  server: TestServer,
  { guesses, accounts, addresses }: { guesses: number; accounts: number; addresses: number },
): Promise<GuessTally> {
  const cookies: string[] = [];
  for (let at = 0; at < accounts; at += 1) {
    const jar = new Map<string, string>();
    const person = { name: "Eve", email: newEmail(), password: "correct horse battery" };
    const from = { "x-forwarded-for": `127.0.${at >> 4}.${(at & 15) + 1}` };
    await openBrowser(server.url, jar, from).account.signUp.mutate({ ...person, organizationName: "Shop" });
    cookies.push(`vitrine_session=${jar.get("vitrine_session")}`);
  }
  const tally: GuessTally = { sent: 0, lookedUp: 0, hits: 0, refused: 0, other: 0 };
  const batches = Array.from({ length: Math.ceil(guesses / 10) }, (_, at) => at);
  await inTurns(batches, 4, async (batch) => {
    const codes = Array.from({ length: 10 }, makeUserCode);
    const input = JSON.stringify(Object.fromEntries(codes.map((code, at) => [at, { code }])));
    const paths = codes.map(() => "devices.findPairing").join();
    const response = await fetch(`${server.url}/trpc/${paths}?batch=1&input=${encodeURIComponent(input)}`, {
      headers: {
        cookie: cookies[batch % cookies.length] ?? "",
        "x-forwarded-for": addressOf(batch % addresses),
      },
    });
    const text = await response.text();
    tally.sent += codes.length;
    tally.lookedUp += text.split('"code":"PAIRING_CODE_UNKNOWN"').length - 1;
    tally.refused += text.split(/"app":\{"code":"(?:PAIRING_LOCKED|TOO_MANY_REQUESTS)"/).length - 1;
    tally.hits += text.split('"requestedAt"').length - 1;
  });
  tally.other = tally.sent - tally.lookedUp - tally.refused - tally.hits;
  return tally;
}

/** One of the addresses that guesses come from. */
export const GUESSING_ADDRESS = addressOf(0);

function addressOf(number: number): string {
  return `203.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
}

/** Lets so many requests to be paired wait, with codes as they are drawn; as the database's owner, past all limits. */
export async function letWait(sql: postgres.Sql, mac: Mac, count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => ({
    id: crypto.randomUUID(),
    device_code_hash: crypto.randomUUID(),
    user_code_hash: userCodeHash(mac, makeUserCode()),
    public_key: "x",
    hardware: {} as postgres.JSONValue,
    remote_address: "192.0.2.1",
    expires_at: new Date(Date.now() + 3_600_000),
  }));
  for (let at = 0; at < rows.length; at += 500) {
    const some = rows.slice(at, at + 500).map((row) => ({ ...row, hardware: sql.json(row.hardware) }));
    await sql`insert into system.pairing_requests ${sql(some)}`;
  }
}

/** Tries random codes of a length at the function that claims look up by, a thousand in a statement; gives the hits. */
export async function guessAtDatabase(
  sql: postgres.Sql,
  mac: Mac,
  { guesses, organizationId }: { guesses: number; organizationId: string },
): Promise<number> {
  let hits = 0;
  for (let sent = 0; sent < guesses; sent += 1000) {
    const hashes = Array.from({ length: Math.min(1000, guesses - sent) }, () =>
      userCodeHash(mac, randomCode()),
    );
    const [found] = await sql.begin(async (tx) => {
      await tx.unsafe(`set local app.organization_id = '${organizationId}'`);
      return tx<{ hits: number }[]>`select count(p.id)::int as hits
        from unnest(${hashes}::text[]) as guess (hash), lateral app.find_pairing(guess.hash) as p`;
    });
    hits += found?.hits ?? 0;
  }
  return hits;
}

function randomCode(): string {
  const one = () => PAIRING_ALPHABET[randomInt(PAIRING_ALPHABET.length)];
  return Array.from({ length: PAIRING_CODE_LENGTH }, one).join("");
}
