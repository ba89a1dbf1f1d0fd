import { join } from "node:path";
import type {} from "@vitrine/db/testing/global-setup";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { makeAlikeWorld, type World } from "../testing/alike-world.ts";
import { startTestDns, type TestDns } from "../testing/dns-server.ts";
import { listProcedures } from "../testing/samples.ts";
import { type Call, inOrder, makeScenes, post, type Scene } from "../testing/scenes.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { makeAccountScenes } from "./account-scenes.ts";
import { type FailingLine, type Failure, startFailingLine } from "./failing-line.ts";
import { FULL_MS, isFull, say } from "./size.ts";
import { changesOf, TRIES, type WholeState, wholeStateReader } from "./whole-state.ts";

// Every mutation of the API is called again and again, with its first statement failing, its second and so on, COMMIT too,
// until it comes through. Each failure before its change is committed answers an error without a cookie and leaves
// everything as it was: every row of every table, jobs and with them messages to come among them, and every file. The
// change is committed at once: what a call does afterwards, such as reading what it answers, changes nothing more. So
// where that fails nothing is half done either; the answer is lost, as on its way, and the change is there as a whole.

/** Mutations that only look, by a secret that no address may hold. */
const LOOKS = new Set([
  "account.openEmailLink",
  "account.openPasswordReset",
  "account.openSignUp",
  "invitations.open",
]);
/** Of an organization that a call founds. */
const NEW_ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const FAILURES: readonly Failure[] = isFull ? ["refused", "lost"] : ["refused"];
/** Otherwise a share of the mutations, another one each time. */
const EVERY = isFull ? 1 : 16;
const SHARE = Date.now() % EVERY;

let dns: TestDns;
let line: FailingLine;
let server: TestServer;
let superuser: postgres.Sql;
let world: World;
let sceneOf: (path: string) => Scene;
let readState: () => Promise<WholeState>;
const count = { procedures: 0, failures: 0, after: 0 };

beforeAll(async () => {
  dns = await startTestDns();
  line = await startFailingLine(inject("vitrineServer").superuserUrl);
  server = await startTestServer({ VITRINE_DNS_SERVERS: dns.address }, (urls) => ({
    ...urls,
    vitrine_app: line.through(urls.vitrine_app),
    vitrine_auth: line.through(urls.vitrine_auth),
  }));
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  readState = await wholeStateReader(superuser, join(server.folder, "data"));
  world = await makeAlikeWorld(server.url);
  // Jobs are rows here: what does them would change the state in between.
  await server.services.queue[Symbol.asyncDispose]();
  Object.assign(server.services.rateLimits, { take: () => ({ remaining: 1, resetSeconds: 0 }) });
  const [ofOrganizations, ofAccounts] = [
    makeScenes({ server, dns, superuser }),
    makeAccountScenes(server, superuser),
  ];
  sceneOf = (path) => ofAccounts[path] ?? ofOrganizations(path);
});
afterAll(async () => {
  say(`mutations of ${mutations.length} of which each statement failed`, count.procedures);
  say("failures of which nothing was left", count.failures);
  say("statements that came when the whole change was there", count.after);
  if (isFull)
    for (const { table, columns, reason } of TRIES) say(`not compared: ${table}, ${columns.join()}`, reason);
  await superuser.end();
  await server[Symbol.asyncDispose]();
  await line[Symbol.asyncDispose]();
  await dns[Symbol.asyncDispose]();
});

const mutations = inOrder(listProcedures().filter(({ type }) => type === "mutation"));
const tried = mutations.filter((_, place) => (place + SHARE) % EVERY === 0);

test("what only looks is there", () => {
  expect([...LOOKS].filter((one) => !mutations.some(({ path }) => path === one))).toEqual([]);
});

test.each(tried)(
  "$path is done wholly or not at all",
  async ({ path }) => {
    const call = await sceneOf(path)(world);
    await stopTime();
    const before = await readState();
    expect(await failAtEach(path, call, before)).toEqual([]);
    const changed = changesOf(before, await readState());
    expect({ path, isChanged: changed.length > 0 }).toEqual({ path, isChanged: !LOOKS.has(path) });
    count.procedures += 1;
  },
  FULL_MS,
);

/** Calls with a failure at the first statement, at the second and so on, until a call comes through; says what was wrong. */
async function failAtEach(path: string, call: Call, before: WholeState): Promise<string[]> {
  let known: readonly string[] = [];
  for (let place = 1; ; place += 1) {
    for (const failure of FAILURES) {
      const { answer, sent, isThrough, later } = await callFailing(path, call, { place, failure, before });
      // Each call goes the way of the one before it, one statement further.
      expect(sent.slice(0, known.length)).toEqual(known);
      if (isThrough && later.length > 0) return [`is half done until it changes ${later}`];
      if (isThrough) return answer.status === 200 ? [] : [`is refused: ${JSON.stringify(answer.body)}`];
      const where = `${failure} at ${place}, ${sent.at(-1)}`;
      if (answer.status === 200) return [`says that it is done, though ${where}`];
      if (answer.cookies.length > 0) return [`sets cookies, though ${where}`];
      const left = changesOf(before, await readState());
      if (left.length > 0) return [`leaves something in ${left}, though ${where}`];
      count.failures += 1;
      known = sent;
    }
  }
}

/**
 * Calls once, with a failure at a place in what is sent to the database. Where the change, or a part of it, is there by
 * then, nothing fails, and `later` is what changed from then on.
 */
async function callFailing(
  path: string,
  { input, cookie = world.cookie }: Call,
  { place, failure, before }: { place: number; failure: Failure; before: WholeState },
) {
  await forgetUses();
  const sent: string[] = [];
  let isThrough = true;
  let changed: WholeState | undefined;
  line.listen(async (statement) => {
    if (!isThrough) return undefined;
    sent.push(statement.replace(NEW_ID, "id"));
    if (sent.length < place) return undefined;
    if (changed === undefined) {
      const now = await readState();
      if (changesOf(before, now).length === 0) {
        isThrough = false;
        return failure;
      }
      changed = now;
    }
    count.after += 1;
    return undefined;
  });
  const answer = await post(server.url, cookie, path, input);
  line.listen();
  const later = changed === undefined ? [] : changesOf(changed, await readState());
  return { answer, sent, isThrough, later };
}

/** Of what runs out in the minutes that all of this may take. */
async function stopTime(): Promise<void> {
  await superuser`update tenant.device_commands set expires_at = '2199-01-01'`;
  await superuser`update system.sessions set stepped_up_at = now()`;
}

/** Has the next call look its session up anew, of which nothing has to be written down, and any code be tried once more. */
async function forgetUses(): Promise<void> {
  const rows = await superuser<{ user_id: string }[]>`
    with used as (update system.sessions set last_seen_at = now() returning user_id),
      tried as (update system.second_factors set tries = 0, retry_at = null)
    select distinct user_id from used`;
  for (const { user_id } of rows) server.services.sessions.forget(user_id);
}
