import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { makeBrowserToken } from "@vitrine/api/internal/auth/browser-tokens";
import { openPasswords } from "@vitrine/api/internal/auth/passwords";
import { makeMac } from "@vitrine/api/internal/platform/mac";
import { loadSecrets } from "@vitrine/api/internal/platform/secrets";
import { openEmbedded } from "@vitrine/harness/plays";
import { temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { interleave, median } from "../interleave.ts";
import { type Latencies, printLatencies } from "../latency.ts";
import { print, printComparison } from "../print.ts";
import type { FloodOrder, FloodReport } from "./flood.ts";
import { anyAddress, callsOverHttp, type HttpCalls } from "./http-calls.ts";
import { type BenchPerson, PASSWORD, seedPeople } from "./people.ts";

/** Each browser may try ten times in ten minutes, so there are enough people for all sign-ins. */
const PEOPLE = 1000;
const ASSETS = 100;
const ROUNDS = 5;
const ROUND_MS = 5000;
/** How many times as many wrong sign-ins a second as there could be right ones. */
const FLOOD = 10;
const LISTS_PER_SECOND = 50;
const SIGN_INS_PER_SECOND = 5;

/** Sign-ins a second, and what a flood of wrong ones from addresses that nobody had before does to everybody else. */
export async function measureSignIns(): Promise<void> {
  using folder = temporaryFolder();
  await using server = await startVitrine(folder.path, 0, { VITRINE_TRUSTED_PROXIES: "1" });
  const sql = openEmbedded(folder.path);
  const mac = makeMac(loadSecrets(folder.path).macKey);
  const people = await seedPeople(sql, {
    count: PEOPLE,
    assetsEach: ASSETS,
    makeBrowser: () => makeBrowserToken(mac),
  });
  await sql.end();
  await using http = callsOverHttp(server.url);
  const next = inTurn(people);
  await using passwords = openPasswords();
  const hash = await passwords.hash(PASSWORD, { name: "Bench", email: "bench@example.com" });
  const outcome = await interleave({
    ours: async () => {
      const { email, browser } = next();
      const status = await http.signIn({ email, password: PASSWORD }, { address: anyAddress(), browser });
      if (status !== 200) throw new Error(`A right sign-in was answered ${status}`);
    },
    peer: async () => {
      using place = passwords.enter({ isPreferred: true });
      if (!(await place.matches(PASSWORD, hash))) throw new Error("The password is right");
    },
    concurrency: 8,
    rounds: ROUNDS,
  });
  printComparison("identity.sign_in", outcome, {
    peer: "argon2id alone with the same parameters, as many at a time",
  });
  await measureFlood({ http, url: server.url, people, next, perSecond: FLOOD * outcome.ours });
}

type FloodBench = {
  http: HttpCalls;
  url: string;
  people: readonly BenchPerson[];
  next: () => BenchPerson;
  perSecond: number;
};

async function measureFlood({ http, url, people, next, perSecond }: FloodBench): Promise<void> {
  await using flood = startFlood(
    url,
    perSecond,
    people.map(({ email }) => email),
  );
  const lists: Latencies = { ours: [], peer: [] };
  const signIns: Latencies = { ours: [], peer: [] };
  const through = { known: [] as number[], unknown: [] as number[] };
  const reports: FloodReport[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const quiet = await traffic(http, people, next);
    flood.start();
    await pause(ROUND_MS / 5);
    const flooded = await traffic(http, people, next);
    reports.push(await flood.stop());
    await pause(ROUND_MS / 5);
    lists.peer.push(quiet.lists);
    lists.ours.push(flooded.lists);
    signIns.peer.push(quiet.known.timesMs);
    signIns.ours.push(flooded.known.timesMs);
    through.known.push(flooded.known.share);
    through.unknown.push(flooded.unknown.share);
  }
  const rates = (ofStatus: (status: string) => boolean) =>
    reports.map(({ seconds, statuses }) => {
      const counts = Object.entries(statuses).filter(([status]) => ofStatus(status));
      return counts.reduce((sum, [, count]) => sum + count, 0) / seconds;
    });
  const peer = "the same without the flood";
  print({ name: "identity.flood.answered", value: median(rates(() => true)), unit: "1/s" });
  print({
    name: "identity.flood.password_looked_at",
    value: median(rates((one) => one === "401")),
    unit: "1/s",
  });
  print({
    name: "identity.flood.told_to_wait",
    value: median(rates((one) => one === "503" || one === "429")),
    unit: "1/s",
  });
  printLatencies("identity.flood.assets_list", lists, { peer, target: "<= 2" });
  printLatencies("identity.flood.sign_in_of_known_browser", signIns, { peer });
  for (const [kind, shares] of Object.entries(through)) {
    const [min, max] = [Math.min(...shares), Math.max(...shares)];
    const name = `identity.flood.right_sign_ins_through.${kind}_browser`;
    print({ name, value: 100 * median(shares), unit: "%", min: 100 * min, max: 100 * max });
  }
}

/** What everybody else does: lists of content, and right sign-ins from browsers that are known and that are not. */
async function traffic(http: HttpCalls, people: readonly BenchPerson[], next: () => BenchPerson) {
  const nextReader = inTurn(people.slice(0, 50));
  const [lists, known, unknown] = await Promise.all([
    atRate(LISTS_PER_SECOND, async () => {
      await http.call("assets.list", { limit: 50 }, { cookie: nextReader().session });
      return true;
    }),
    atRate(SIGN_INS_PER_SECOND, async () => {
      const { email, browser } = next();
      return (await http.signIn({ email, password: PASSWORD }, { address: anyAddress(), browser })) === 200;
    }),
    atRate(SIGN_INS_PER_SECOND, async () => {
      const { email } = next();
      return (await http.signIn({ email, password: PASSWORD }, { address: anyAddress() })) === 200;
    }),
  ]);
  return { lists: lists.timesMs, known, unknown };
}

/** Calls at a steady rate, whether or not the ones before were answered; times count from when each was due. */
async function atRate(
  perSecond: number,
  call: () => Promise<boolean>,
): Promise<{ timesMs: number[]; share: number }> {
  const startMs = performance.now();
  const timesMs: number[] = [];
  let done = 0;
  const one = async (dueMs: number) => {
    if (await call()) done += 1;
    timesMs.push(performance.now() - dueMs);
  };
  const calls: Promise<void>[] = [];
  for (let sent = 0; sent < (ROUND_MS * perSecond) / 1000; sent += 1) {
    const dueMs = startMs + (sent * 1000) / perSecond;
    await pause(Math.max(0, dueMs - performance.now()));
    calls.push(one(dueMs));
  }
  await Promise.all(calls);
  return { timesMs, share: done / calls.length };
}

function startFlood(url: string, perSecond: number, emails: readonly string[]) {
  const child = fork(join(import.meta.dirname, "flood.ts"));
  const tell = (order: FloodOrder) => void child.send(order);
  return {
    start: () => tell({ kind: "start", url, perSecond, emails }),
    async stop(): Promise<FloodReport> {
      const told = once(child, "message");
      tell({ kind: "stop" });
      const [report]: FloodReport[] = await told;
      if (report === undefined) throw new Error("The flood told nothing");
      return report;
    },
    async [Symbol.asyncDispose]() {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}

function inTurn<Item>(items: readonly Item[]): () => Item {
  let turn = 0;
  return () => {
    const item = items[turn++ % items.length];
    if (item === undefined) throw new Error("There is nobody");
    return item;
  };
}
