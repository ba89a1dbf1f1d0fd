import { randomUUID } from "node:crypto";
import type { Anchor, ChainedEvent, ChainFault } from "@vitrine/core/audit/verify-chain";
import type { JobsDatabase } from "@vitrine/db/jobs";
import type postgres from "postgres";
import { verifyOrganization } from "../verify-organization.ts";
import { makeRandom } from "./random.ts";
import { makeTampering, type Tampering } from "./tampering.ts";

export type TamperReport = {
  /** Tamperings by kind, and by kind of what was found. */
  tried: Map<Tampering["kind"], number>;
  found: Map<ChainFault["kind"], number>;
  /** Untouched chains that were verified in between. */
  untouched: number;
  /** What went wrong, in words: a tampering not found, a wrong first event, a fault where there is none. */
  misses: string[];
};

type Deps = { sql: postgres.Sql; jobs: JobsDatabase; runs: number; seed: number };
type Chain = { organizationId: string; events: ChainedEvent[]; anchors: Anchor[] };

/** Events of each chain that is falsified. */
const LENGTHS = [2, 7, 40, 160];
/** An untouched chain is verified once in so many. */
const CONTROL_EVERY = 20;

/**
 * Falsifies chains as the database's owner could, in random ways and places, one at a time, and compares what the
 * verifier says with the true chain. The database is for this alone: the triggers of its events are off meanwhile.
 */
export async function tryTamperings({ sql, jobs, runs, seed }: Deps): Promise<TamperReport> {
  const random = makeRandom(seed);
  const chains: Chain[] = [];
  for (const length of LENGTHS) chains.push(await makeChain(sql, jobs, length));
  await sql`create table if not exists public.true_events as select * from tenant.audit_events`;
  await sql`alter table tenant.audit_events disable trigger user`;
  const report: TamperReport = { tried: new Map(), found: new Map(), untouched: 0, misses: [] };
  for (let run = 0; run < runs; ) {
    const chain = chains[random.from(0, chains.length - 1)];
    if (!chain) break;
    const { organizationId, events, anchors } = chain;
    if (run % CONTROL_EVERY === 0) {
      report.untouched += 1;
      const { fault } = await verifyOrganization(jobs, { organizationId, anchors });
      if (fault) report.misses.push(`run ${run}: an untouched chain has ${JSON.stringify(fault)}`);
    }
    const { kind, texts } = makeTampering(random, events.length);
    await sql.begin(async (tx) => {
      for (const text of texts) await tx.unsafe(text.replaceAll("$o", organizationId));
    });
    const now = await jobs.readChain({ organizationId, limit: events.length + 2 });
    const place = events.findIndex((event, index) => JSON.stringify(event) !== JSON.stringify(now[index]));
    if (place >= 0) {
      run += 1;
      count(report.tried, kind);
      const { fault } = await verifyOrganization(jobs, { organizationId, anchors });
      if (fault) count(report.found, fault.kind);
      const miss = judge(kind, fault, place + 1, now);
      if (miss) report.misses.push(`run ${run}, ${kind}, ${texts[0]}: ${miss}`);
    }
    await sql.begin(async (tx) => {
      await tx`delete from tenant.audit_events where organization_id = ${organizationId}`;
      await tx`insert into tenant.audit_events select * from public.true_events where organization_id = ${organizationId}`;
    });
  }
  return report;
}

/**
 * What is wrong with a verdict, when the first difference from the true chain is at `sequence`. Of a chain that was written
 * anew with all its hashes nobody can tell more than between which anchors.
 */
function judge(
  kind: Tampering["kind"],
  fault: ChainFault | null,
  sequence: number,
  now: readonly ChainedEvent[],
): string | undefined {
  if (fault === null) return "not found";
  if (fault.kind === "rewritten") {
    const isWithin = fault.sequence <= sequence && sequence <= fault.anchoredSequence;
    return isWithin ? undefined : `event ${sequence} is not in ${JSON.stringify(fault)}`;
  }
  const isShorter = fault.kind === "cutOff" && fault.provenSequence < sequence && sequence < fault.sequence;
  if (isShorter && kind === "rewrite") return undefined;
  if (fault.sequence !== sequence) return `event ${sequence} is the first, not ${JSON.stringify(fault)}`;
  const there = now.find((event) => event.sequence === sequence)?.id ?? null;
  return fault.id === there ? undefined : `${there} is there, not ${JSON.stringify(fault)}`;
}

/** A chain that was written as the server writes it, and three anchors of it. */
async function makeChain(sql: postgres.Sql, jobs: JobsDatabase, length: number): Promise<Chain> {
  const organizationId = randomUUID();
  await sql`insert into tenant.organizations (organization_id, name) values (${organizationId}, 'Tampered')`;
  await sql`insert into tenant.audit_events (organization_id, id, actor_kind, actor_id, actor_name, action, subject,
      subject_id, before, after, request_id, remote_address, created_at)
    select ${organizationId}, gen_random_uuid(), 'user', gen_random_uuid(), 'Person ' || n, 'playlists.update', 'playlist',
      gen_random_uuid()::text, case when n % 3 > 0 then jsonb_build_object('name', 'Old ' || n, 'n', n / 8.0) end,
      jsonb_build_object('name', 'New ' || n, 'tags', array['é', 'b']), gen_random_uuid()::text, '198.51.100.7',
      now() - (${length} - n) * interval '1 minute' from generate_series(1, ${length}::integer) n`;
  const events = await jobs.readChain({ organizationId, limit: length + 1 });
  const anchors = [...new Set([1 / 3, 2 / 3, 1].map((share) => Math.ceil(length * share)))].flatMap(
    (sequence) => {
      const event = events[sequence - 1];
      return event ? [{ sequence, hash: event.hash, at: "2026-11-24T09:00:00.000Z" }] : [];
    },
  );
  return { organizationId, events, anchors };
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
