import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { readConfig } from "@vitrine/api/config";
import { callAs } from "@vitrine/api/internal/testing/access/call-as";
import { startServer } from "@vitrine/api/server";
import { temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { type BenchDatabase, openBenchDatabase, switchChainOff } from "../bench-database.ts";
import { interleave } from "../interleave.ts";
import { printComparison } from "../print.ts";
import { callsOverHttp } from "./http-calls.ts";
import { type BenchPerson, seedPeople } from "./people.ts";
import { openReplayer, type Replayer, recordTransactions, type SentTransaction } from "./replay.ts";

const ORGANIZATIONS = 32;
const ASSETS = 1000;
/** Calls at once, and connections of the bare side: as many as the server has for commands. */
const CONCURRENT = 8;
const ROUND_MS = 1000;

const BARE = {
  write:
    "the same statements on connections of the superuser: no row level security, audit chain, session, permission, limits, checks of input and output",
  read: "the same statements on connections of the superuser, without a transaction: no row level security, session, permission, limits, checks of input and output",
};

/**
 * `assets.update` and `assets.list` as a manager calls them, against the statements that they send, run bare on a second
 * server: by the router in this process, by HTTP on a server of its own, and the statements alone within the walls.
 */
export async function measureWalls(): Promise<void> {
  await using walled = await openBenchDatabase();
  await using bare = await openBenchDatabase();
  await switchChainOff(bare);
  const seed = { count: ORGANIZATIONS, assetsEach: ASSETS };
  const own = subjectsOf(walled, await seedPeople(walled.sql, seed));
  const others = subjectsOf(bare, await seedPeople(bare.sql, seed));
  const nextOwn = await own;
  const nextOther = await others;
  using folder = temporaryFolder();
  await using bareReplayer = await openReplayer(bare.superuserUrl, CONCURRENT);
  const recorded = await measureRouter({ walled, folder: folder.path, nextOwn, nextOther, bareReplayer });
  await using server = await startVitrine(join(folder.path, "own"), 0, {
    DATABASE_URL: walled.superuserUrl,
    VITRINE_CALL_LIMIT_FACTOR: "1000",
  });
  await using http = callsOverHttp(server.url);
  for (const kind of KINDS) {
    const outcome = await interleave({
      ours: async () => {
        const subject = nextOwn();
        const call = callOf(kind, subject.assetId);
        await http.call(call.path, call.input, { cookie: subject.person.session });
      },
      peer: () => replayOf(recorded[kind], nextOther(), bareReplayer),
      ...PACE,
    });
    printComparison(`identity.${kind}.http`, outcome, { peer: BARE[kind] });
  }
}

const KINDS = ["write", "read"] as const;
type Kind = (typeof KINDS)[number];
const PACE = { concurrency: CONCURRENT, roundMs: ROUND_MS };

type Subject = { person: BenchPerson; assetId: string; name: string };
type Recorded = Record<Kind, { subject: Subject; note: string; transactions: SentTransaction[] }>;

type RouterBench = {
  walled: BenchDatabase;
  folder: string;
  nextOwn: () => Subject;
  nextOther: () => Subject;
  bareReplayer: Replayer;
};

async function measureRouter({ walled, folder, nextOwn, nextOther, bareReplayer }: RouterBench) {
  const env = { PORT: "0", HOST: "127.0.0.1", VITRINE_DATA: "data", VITRINE_CALL_LIMIT_FACTOR: "1000" };
  const { services, stop } = await startServer(readConfig(env, folder), walled.urls);
  await using walledReplayer = await openReplayer(walled.urls.vitrine_app, CONCURRENT);
  try {
    const call = async (kind: Kind, { person, assetId }: Subject) => {
      const token = person.session.split("=")[1] ?? "";
      const { path, input, note } = callOf(kind, assetId);
      const { code } = await callAs(services, token, path, input);
      if (code !== "OK") throw new Error(`${path} failed with ${code}`);
      return note;
    };
    const record = async (kind: Kind) => {
      const subject = nextOwn();
      await call(kind, subject);
      let note = "";
      const transactions = await recordTransactions(subject.person.organizationId, async () => {
        note = await call(kind, subject);
      });
      return { subject, note, transactions };
    };
    const recorded: Recorded = { write: await record("write"), read: await record("read") };
    for (const kind of KINDS) {
      const peer = () => replayOf(recorded[kind], nextOther(), bareReplayer);
      const router = await interleave({
        ours: async () => void (await call(kind, nextOwn())),
        peer,
        ...PACE,
      });
      printComparison(`identity.${kind}.router`, router, { peer: BARE[kind] });
      const walls = await interleave({
        ours: () => {
          const subject = nextOwn();
          return replayOf(recorded[kind], subject, walledReplayer, subject.person.organizationId);
        },
        peer,
        ...PACE,
      });
      printComparison(`identity.${kind}.walls`, walls, {
        peer: BARE[kind],
        ...(kind === "read" ? { target: ">= 0.9" } : {}),
      });
    }
    return recorded;
  } finally {
    await stop();
  }
}

function callOf(kind: Kind, assetId: string): { path: string; input: Record<string, unknown>; note: string } {
  const note = randomUUID();
  return kind === "write"
    ? { path: "assets.update", input: { id: assetId, description: note }, note }
    : { path: "assets.list", input: { limit: 50 }, note };
}

async function replayOf(
  { subject: recorded, note, transactions }: Recorded[Kind],
  given: Subject,
  replayer: Replayer,
  organizationId?: string,
): Promise<void> {
  const audited = transactions.flatMap(({ statements }) =>
    statements.flatMap(({ parameters }) =>
      parameters.map((one) => /"id":"([-0-9a-f]{36})"/.exec(`${one}`)?.[1]),
    ),
  );
  const auditIds = audited.filter((one) => one !== undefined);
  await replayer.run(
    transactions,
    [
      [recorded.person.organizationId, given.person.organizationId],
      [recorded.assetId, given.assetId],
      [recorded.name, given.name],
      [note, randomUUID()],
      ...auditIds.map((one) => [one, randomUUID()] as const),
    ],
    organizationId,
  );
}

/** Gives one asset after another, each of the next organization. */
async function subjectsOf({ sql }: BenchDatabase, people: readonly BenchPerson[]): Promise<() => Subject> {
  const rows = await sql<{ assetId: string; name: string; organizationId: string }[]>`
    select id as "assetId", name, organization_id as "organizationId" from tenant.assets
    order by row_number() over (partition by organization_id order by id), organization_id`;
  const owners = new Map(people.map((person) => [person.organizationId, person]));
  const subjects = rows.flatMap(({ organizationId, ...asset }) => {
    const person = owners.get(organizationId);
    return person ? [{ person, ...asset }] : [];
  });
  let turn = 0;
  return () => {
    const subject = subjects[turn++ % subjects.length];
    if (subject === undefined) throw new Error("There are no assets");
    return subject;
  };
}
