import { randomBytes, randomUUID } from "node:crypto";
import { startEventHub } from "@vitrine/api/internal/events/event-hub";
import { systemClock } from "@vitrine/api/internal/platform/clock";
import { makeLog } from "@vitrine/api/internal/platform/log";
import { makeMac } from "@vitrine/api/internal/platform/mac";
import { makeOutboxReader } from "@vitrine/api/internal/system/outbox-reader";
import { openSignals } from "@vitrine/api/internal/system/signals";
import { runCommand } from "@vitrine/api/internal/trpc/command";
import { openDatabase } from "@vitrine/db/database";
import { openJobsDatabase } from "@vitrine/db/jobs";
import { assets, outbox } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, eq } from "drizzle-orm";
import { openBenchDatabase, seedAssets } from "../bench-database.ts";
import { interleave } from "../interleave.ts";
import { print } from "../print.ts";

const ORGANIZATIONS = 64;

/**
 * Commits of one edit with its change event in the outbox and the notifier telling it in the same process, against the
 * same without: as a command of the API commits (reads nothing, writes, audits), and as the smallest write there is.
 */
export async function run(): Promise<void> {
  await using bench = await openBenchDatabase();
  const tenants: Tenant[] = [];
  for (let count = 0; count < ORGANIZATIONS; count += 1) {
    const organizationId = await seedAssets(bench.sql, 10);
    const [row] = await bench.sql<
      { id: string }[]
    >`select id from tenant.assets where organization_id = ${organizationId}`;
    tenants.push({ organizationId, assetId: row?.id ?? "" });
  }
  await using hub = await startHub(bench.urls.vitrine_jobs, bench.urls.vitrine_app);
  await using database = await openDatabase({
    url: bench.urls.vitrine_app,
    batchConnections: 8,
    onOutboxCommit: () => hub.events.wake(),
  });
  let turn = 0;
  const nextTenant = () => tenants[turn++ % tenants.length] ?? { organizationId: "", assetId: "" };
  const writeAsset = ({ organizationId, assetId }: Tenant) =>
    and(eq(assets.organizationId, organizationId), eq(assets.id, assetId));

  const command = async (withEvent: boolean) => {
    const tenant = nextTenant();
    const context = {
      services: { database, newId: randomUUID },
      scope: organizationScope(tenant.organizationId),
      actor: { kind: "system", id: null, name: "bench" } as const,
      requestId: "bench",
      remoteAddress: "127.0.0.1",
    };
    await runCommand(context, async (tx, record) => {
      await tx.update(assets).set({ description: randomUUID() }).where(writeAsset(tenant));
      record.audit({ action: "assets.update", subject: "asset", subjectId: tenant.assetId });
      if (withEvent) record.changed("member", [tenant.assetId], "updated");
    });
  };
  report("events.command", "the same command without its change event", 0.9, await contest(command), hub);

  const batch = async (withEvent: boolean) => {
    const tenant = nextTenant();
    const { organizationId, assetId } = tenant;
    await database.batch(organizationScope(organizationId), (q) => {
      const edit = q.update(assets).set({ description: randomUUID() }).where(writeAsset(tenant));
      if (!withEvent) return [edit];
      const event = { subject: "asset" as const, ids: [assetId], action: "updated" };
      return [edit, q.insert(outbox).values({ organizationId, event })];
    });
  };
  report(
    "events.statement",
    "one update in one message without its change event",
    undefined,
    await contest(batch),
    hub,
  );
}

type Tenant = { organizationId: string; assetId: string };

const contest = (commit: (withEvent: boolean) => Promise<void>) =>
  interleave({ ours: () => commit(true), peer: () => commit(false), concurrency: 32 });

function report(
  name: string,
  peer: string,
  target: number | undefined,
  outcome: Awaited<ReturnType<typeof contest>>,
  hub: { heard(): number },
): void {
  print({ name: `${name}.heard`, value: hub.heard(), unit: "event" });
  print({ name: `${name}.rate`, value: outcome.ours, unit: "1/s", peer, peerValue: outcome.peer });
  print({
    name: `${name}.ratio`,
    value: outcome.ratio,
    unit: "ratio",
    peer,
    min: outcome.minRatio,
    max: outcome.maxRatio,
    ...(target === undefined ? {} : { target: `>= ${target}` }),
  });
}

async function startHub(jobsUrl: string, appUrl: string) {
  const stack = new AsyncDisposableStack();
  const log = makeLog("silent");
  const jobs = stack.use(await openJobsDatabase({ url: jobsUrl }));
  const database = stack.use(await openDatabase({ url: appUrl }));
  const signals = stack.use(openSignals({ url: jobsUrl, log }));
  const mac = makeMac(randomBytes(32).toString("base64url"));
  const outboxReader = makeOutboxReader(jobs);
  const events = stack.use(
    await startEventHub({ database, outbox: outboxReader, signals, mac, clock: systemClock, log }),
  );
  let heard = 0;
  events.on(() => {
    heard += 1;
  });
  return { events, heard: () => heard, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
