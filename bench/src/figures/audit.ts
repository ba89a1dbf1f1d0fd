import { randomUUID } from "node:crypto";
import { sha256, verifyOrganization } from "@vitrine/api/internal/audit/verify-organization";
import { exportEvents } from "@vitrine/api/internal/features/audit/export-events";
import { EXPORT_FORMATS } from "@vitrine/api/internal/features/audit/export-lines";
import { readState } from "@vitrine/api/internal/features/audit/queries";
import { runCommand } from "@vitrine/api/internal/trpc/command";
import { canonicalEvent } from "@vitrine/core/audit/canonical";
import { type ChainedEvent, makeChainVerifier } from "@vitrine/core/audit/verify-chain";
import { type Database, openDatabase } from "@vitrine/db/database";
import { type JobsDatabase, openJobsDatabase } from "@vitrine/db/jobs";
import { assets } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, eq } from "drizzle-orm";
import { type BenchDatabase, openBenchDatabase, seedAssets, switchChainOff } from "../bench-database.ts";
import { interleave, median } from "../interleave.ts";
import { print } from "../print.ts";

const EVENTS = 100_000;
const IN_MEMORY = 20_000;
const ROUNDS = 9;
const ORGANIZATIONS = 64;

/** The audit chain: verifying it against SHA-256 alone, commands with it against the same without it, and its export. */
export async function run(): Promise<void> {
  await using chained = await openBenchDatabase();
  const organizationId = await seedEvents(chained, EVENTS);
  {
    await using jobs = await openJobsDatabase({ url: chained.urls.vitrine_jobs });
    await verifyInMemory(jobs, organizationId);
    await verifyDatabase(jobs, organizationId);
  }
  {
    await using database = await openDatabase({ url: chained.urls.vitrine_app });
    await exportAll(database, organizationId);
  }
  await using plain = await openBenchDatabase();
  await switchChainOff(plain);
  for (const [name, organizations] of [
    ["audit.command.many_organizations", ORGANIZATIONS],
    ["audit.command.one_organization", 1],
  ] as const) {
    for (const subject of ["asset", "member"] as const) {
      await commands(`${name}.${subject}`, { chained, plain }, organizations, subject);
    }
  }
}

/** One core: the verifier and a loop of SHA-256 over the very texts that it hashes, in turn. */
async function verifyInMemory(jobs: JobsDatabase, organizationId: string): Promise<void> {
  const events: ChainedEvent[] = [];
  while (events.length < IN_MEMORY) {
    const after = events.at(-1);
    events.push(...(await jobs.readChain({ organizationId, ...(after && { after }), limit: 2_000 })));
  }
  const texts = events.map((event, index) => (events[index - 1]?.hash ?? "") + canonicalEvent(event));
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(
      perCpuSecond(events.length, () => {
        const verifier = makeChainVerifier(sha256);
        verifier.add(events);
        if (verifier.verdict().fault) throw new Error("The chain is not whole");
      }),
    );
    peer.push(perCpuSecond(texts.length, () => texts.forEach((text) => void sha256(text))));
  }
  print({
    name: "audit.verify",
    value: median(ours),
    unit: "event/s of one core",
    peer: "SHA-256 of the same texts",
    peerValue: median(peer),
    min: Math.min(...ours),
    max: Math.max(...ours),
    target: ">= 200000",
  });
}

function perCpuSecond(count: number, work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (count * 1e6) / (user + system);
}

async function verifyDatabase(jobs: JobsDatabase, organizationId: string): Promise<void> {
  const startMs = performance.now();
  const { events, fault } = await verifyOrganization(jobs, { organizationId, anchors: [] });
  if (fault) throw new Error("The chain is not whole");
  const seconds = (performance.now() - startMs) / 1000;
  print({ name: "audit.verify.from_database", value: events / seconds, unit: "event/s" });
}

async function exportAll(database: Database, organizationId: string): Promise<void> {
  const scope = organizationScope(organizationId);
  const { head } = await readState(database, scope);
  for (const sequence of [EVENTS / 10, EVENTS]) {
    const startMs = performance.now();
    let bytes = 0;
    let mostHeap = 0;
    const format = EXPORT_FORMATS.csv;
    for await (const text of exportEvents(database, scope, {
      filter: {},
      format,
      head: { ...head, sequence },
    })) {
      bytes += text.length;
      mostHeap = Math.max(mostHeap, process.memoryUsage().heapUsed);
    }
    const seconds = (performance.now() - startMs) / 1000;
    print({ name: `audit.export.${sequence}.rate`, value: sequence / seconds, unit: "event/s" });
    print({ name: `audit.export.${sequence}.size`, value: bytes / 1024 ** 2, unit: "MiB" });
    print({ name: `audit.export.${sequence}.most_heap`, value: mostHeap / 1024 ** 2, unit: "MiB" });
  }
}

type Sides = { chained: BenchDatabase; plain: BenchDatabase };

/** A command that writes and audits, 32 at once; an `asset` also bumps the organization's revision, a `member` does not. */
async function commands(name: string, sides: Sides, organizations: number, subject: "asset" | "member") {
  await using stack = new AsyncDisposableStack();
  const open = async (bench: BenchDatabase) => {
    const ids: string[] = [];
    for (let count = 0; count < organizations; count += 1) ids.push(await seedAssets(bench.sql, 200));
    const database = stack.use(
      await openDatabase({ url: bench.urls.vitrine_app, interactiveConnections: 8 }),
    );
    const rows = await bench.sql<{ id: string; organizationId: string }[]>`
      select id, organization_id as "organizationId" from tenant.assets where organization_id = any(${ids})
      order by random()`;
    let turn = 0;
    return async () => {
      const row = rows[turn++ % rows.length];
      if (row) await commandOf(database, row, subject);
    };
  };
  const { chained, plain } = sides;
  const outcome = await interleave({ ours: await open(chained), peer: await open(plain), concurrency: 32 });
  print({
    name,
    value: outcome.ours,
    unit: "1/s",
    peer: "the same without the chain",
    peerValue: outcome.peer,
  });
  const { ratio, minRatio, maxRatio } = outcome;
  print({ name: `${name}.ratio`, value: ratio, unit: "ratio", min: minRatio, max: maxRatio });
}

async function commandOf(
  database: Database,
  { id, organizationId }: { id: string; organizationId: string },
  subject: "asset" | "member",
): Promise<void> {
  const context = {
    services: { database, newId: randomUUID },
    scope: organizationScope(organizationId),
    actor: { kind: "system", id: null, name: "bench" } as const,
    requestId: "bench",
    remoteAddress: "127.0.0.1",
  };
  await runCommand(context, async (tx, record) => {
    await tx
      .update(assets)
      .set({ description: randomUUID() })
      .where(and(eq(assets.organizationId, organizationId), eq(assets.id, id)));
    record.audit({
      action: "assets.update",
      subject: "asset",
      subjectId: id,
      after: { name: "Winter menu" },
    });
    record.changed(subject, [id], "updated");
  });
}

async function seedEvents({ sql }: BenchDatabase, count: number): Promise<string> {
  const organizationId = randomUUID();
  await sql`insert into tenant.organizations (organization_id, name) values (${organizationId}, 'Bench')`;
  await sql`insert into tenant.audit_events (organization_id, id, actor_kind, actor_id, actor_name, action, subject,
      subject_id, before, after, request_id, remote_address, created_at)
    select ${organizationId}, gen_random_uuid(), 'user', gen_random_uuid(), 'Mara Lindqvist', 'playlists.update',
      'playlist', gen_random_uuid()::text, jsonb_build_object('name', 'Winter menu ' || n, 'durationMs', n),
      jsonb_build_object('name', 'Spring menu ' || n, 'durationMs', n), gen_random_uuid()::text, '198.51.100.7',
      now() - (${count} - n) * interval '1 second' from generate_series(1, ${count}::integer) n`;
  await sql`vacuum analyze tenant.audit_events`;
  return organizationId;
}
