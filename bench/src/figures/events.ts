import { randomBytes, randomUUID } from "node:crypto";
import { startEventHub } from "@vitrine/api/internal/events/event-hub";
import { systemClock } from "@vitrine/api/internal/platform/clock";
import { makeLog } from "@vitrine/api/internal/platform/log";
import { makeMac } from "@vitrine/api/internal/platform/mac";
import { makeOutboxReader } from "@vitrine/api/internal/system/outbox-reader";
import { openSignals } from "@vitrine/api/internal/system/signals";
import { openDatabase } from "@vitrine/db/database";
import { openJobsDatabase } from "@vitrine/db/jobs";
import { assets, auditEvents, organizations, outbox } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, eq, sql as text } from "drizzle-orm";
import { openBenchDatabase, seedAssets } from "../bench-database.ts";
import { interleave } from "../interleave.ts";
import { print } from "../print.ts";

const ORGANIZATIONS = 64;

/**
 * Commits of one edit (write, audit, revision) with its change event in the outbox and the notifier telling it, against
 * the same without.
 */
export async function run(): Promise<void> {
  await using bench = await openBenchDatabase();
  const tenants: { organizationId: string; assetId: string }[] = [];
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
  const commit = async (withEvent: boolean) => {
    const { organizationId, assetId } = tenants[turn++ % tenants.length] ?? {
      organizationId: "",
      assetId: "",
    };
    const ofAsset = and(eq(assets.organizationId, organizationId), eq(assets.id, assetId));
    await database.batch(organizationScope(organizationId), (q) => {
      const edit = [
        q.update(assets).set({ description: randomUUID() }).where(ofAsset),
        q.insert(auditEvents).values({
          organizationId,
          id: randomUUID(),
          actorKind: "system",
          actorName: "bench",
          action: "assets.update",
          subject: "asset",
          subjectId: assetId,
        }),
        q
          .update(organizations)
          .set({ contentRevision: text`${organizations.contentRevision} + 1` })
          .where(eq(organizations.organizationId, organizationId)),
      ] as const;
      if (!withEvent) return edit;
      const event = { subject: "asset" as const, ids: [assetId], action: "updated" };
      return [...edit, q.insert(outbox).values({ organizationId, event })];
    });
  };
  const outcome = await interleave({ ours: () => commit(true), peer: () => commit(false), concurrency: 32 });
  const peer = "the same commit without the event";
  print({ name: "events.heard", value: hub.heard(), unit: "event" });
  print({ name: "events.commit.rate", value: outcome.ours, unit: "1/s", peer, peerValue: outcome.peer });
  print({
    name: "events.commit.ratio",
    value: outcome.ratio,
    unit: "ratio",
    peer,
    min: outcome.minRatio,
    max: outcome.maxRatio,
    target: ">= 0.9",
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
