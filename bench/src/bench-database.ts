import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@vitrine/db/embedded";
import { migrate } from "@vitrine/db/migrate";
import postgres from "postgres";

export type BenchDatabase = AsyncDisposable & {
  superuserUrl: string;
  urls: { vitrine_app: string; vitrine_auth: string; vitrine_jobs: string };
  /** A connection of the superuser, for seeding. */
  sql: postgres.Sql;
};

/** A durable embedded server of its own, migrated and empty. */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  const server = await startEmbedded({
    dataDir: join(folder, "postgres"),
    superuserPassword: randomBytes(16).toString("hex"),
  });
  await migrate({ url: server.superuserUrl, passwords: server.passwords });
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => {} });
  return {
    superuserUrl: server.superuserUrl,
    urls: server.urls,
    sql,
    [Symbol.asyncDispose]: async () => {
      await sql.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Leaves the audit chain out of a database, for comparison: events are added as they are, in no order. */
export async function switchChainOff({ sql }: BenchDatabase): Promise<void> {
  await sql.unsafe(`alter table tenant.audit_events disable trigger audit_events_chain;
    alter table tenant.audit_events alter column sequence set default (random() * 9e15)::bigint`);
}

/** Writes an organization with this many images and gives its id. Statistics are brought up to date. */
export async function seedAssets(sql: postgres.Sql, count: number): Promise<string> {
  const organizationId = randomUUID();
  await sql`insert into tenant.organizations (organization_id, name) values (${organizationId}, 'Bench')`;
  await sql`insert into tenant.assets (organization_id, id, kind, name, state, width, height, media_type, created_at)
    select ${organizationId}, gen_random_uuid(), 'image', 'Asset ' || n, 'ready', 1920, 1080, 'image/jpeg',
      now() - n * interval '1 second'
    from generate_series(1, ${count}) n`;
  await sql`vacuum analyze tenant.assets`;
  return organizationId;
}
