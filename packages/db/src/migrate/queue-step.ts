import { getConstructionPlans, getMigrationPlans } from "pg-boss";
import { OWNER } from "../access/roles.ts";
import { PGBOSS_SCHEMA, QUEUES, type QueueOptions } from "../jobs/queues.ts";
import { DatabaseNewerError } from "./errors.ts";
import { asRole, type Step } from "./step.ts";

/** Installs or updates the job queue's schema as the owner, and makes the queues: workers start with `migrate: false`. */
export async function ensureQueue(step: Step): Promise<void> {
  const construction = getConstructionPlans(PGBOSS_SCHEMA);
  const wanted = versionIn(construction);
  const installed = await installedVersion(step);
  if (installed !== undefined && installed > wanted) throw new DatabaseNewerError([`pgboss ${installed}`]);
  await asRole(step, OWNER, async () => {
    if (installed === undefined) {
      await step.run(withoutTransaction(construction));
      step.say(`job queue ${wanted} made`);
    } else if (installed < wanted) {
      await step.run(withoutTransaction(getMigrationPlans(PGBOSS_SCHEMA, installed)));
      await runDeferred(step);
      step.say(`job queue taken from ${installed} to ${wanted}`);
    }
    for (const [name, options] of Object.entries(QUEUES)) await ensureOneQueue(step, name, options);
  });
}

async function installedVersion({ run }: Step): Promise<number | undefined> {
  const [table] = await run(`select to_regclass('${PGBOSS_SCHEMA}.version') is not null as exists`);
  if (table?.exists !== true) return undefined;
  const [row] = await run(`select version from ${PGBOSS_SCHEMA}.version`);
  return row === undefined ? undefined : Number(row.version);
}

async function ensureOneQueue({ run, say }: Step, name: string, options: QueueOptions): Promise<void> {
  const [known] = await run(`select 1 from ${PGBOSS_SCHEMA}.queue where name = $1`, [name]);
  if (known === undefined) {
    await run(`select ${PGBOSS_SCHEMA}.create_queue($1::text, $2::text::jsonb)`, [
      name,
      JSON.stringify(options),
    ]);
    say(`queue ${name} made`);
    return;
  }
  await run(
    `update ${PGBOSS_SCHEMA}.queue set retry_limit = ($2::text::jsonb->>'retryLimit')::int,
      retry_delay = ($2::text::jsonb->>'retryDelay')::int, retry_backoff = ($2::text::jsonb->>'retryBackoff')::bool,
      retry_delay_max = ($2::text::jsonb->>'retryDelayMax')::int,
      expire_seconds = ($2::text::jsonb->>'expireInSeconds')::int,
      retention_seconds = ($2::text::jsonb->>'retentionSeconds')::int,
      deletion_seconds = ($2::text::jsonb->>'deleteAfterSeconds')::int,
      heartbeat_seconds = ($2::text::jsonb->>'heartbeatSeconds')::int
    where name = $1`,
    [name, JSON.stringify(options)],
  );
}

/** Commands that the library would run later with the rights of its worker, which has none to change tables. */
async function runDeferred({ run }: Step): Promise<void> {
  const pending = await run(
    `select id::text as id, command from ${PGBOSS_SCHEMA}.bam where status = 'pending' order by created_on`,
  );
  for (const { id, command } of pending) {
    await run(String(command).replaceAll(/\bconcurrently\b/gi, ""));
    await run(
      `update ${PGBOSS_SCHEMA}.bam set status = 'completed', completed_on = now() where id = $1::uuid`,
      [String(id)],
    );
  }
}

/** The library's text is a transaction of its own; here it is a part of ours. */
function withoutTransaction(plan: string): string {
  const body = plan.replace(/^\s*BEGIN;/, "").replace(/COMMIT;\s*$/, "");
  if (/^\s*(BEGIN|COMMIT);/m.test(body))
    throw new Error("The job queue's text has another form than expected");
  return body;
}

function versionIn(construction: string): number {
  const found = /INSERT INTO pgboss\.version\(version\) VALUES \('(\d+)'\)/.exec(construction)?.[1];
  if (found === undefined) throw new Error("The job queue's text names no version");
  return Number(found);
}
