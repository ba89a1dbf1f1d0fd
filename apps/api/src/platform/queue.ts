import type { OrganizationTransaction } from "@vitrine/db/database";
import { PGBOSS_SCHEMA, type QueueName } from "@vitrine/db/queues";
import { sql } from "drizzle-orm";
import { type JobWithMetadata, PgBoss } from "pg-boss";
import type { Log } from "./log.ts";

/** A job as its handler sees it. It may come twice: what it does must be right the second time too. */
export type QueuedJob = {
  id: string;
  /** As it was put in; not checked. */
  data: unknown;
  /** Whether a failure now is the last one that is tried again. */
  isLastTry: boolean;
  /** Aborted when the server stops and will not wait any longer; the job is then done at its next start. */
  signal: AbortSignal;
};

/** Works jobs that were put in by `enqueueJob`. */
export type Queue = AsyncDisposable & {
  /**
   * Starts `concurrency` workers. What an earlier process of this data folder left in the middle is taken up at once.
   * A handler that throws has its job tried again, later and later, as the queue's options say.
   */
  work(name: QueueName, concurrency: number, handler: (job: QueuedJob) => Promise<void>): Promise<void>;
  /** Looks for jobs now, or in so many milliseconds, instead of at the next poll: after a commit that put one in. */
  wake(name: QueueName, delayMs?: number): void;
};

const POLL_SECONDS = 2;
/** How long a stop waits for jobs under way. */
const GRACE_MS = 8_000;

/** Puts a job into a queue in the transaction of the write that it belongs to. Its data names the organization. */
export async function enqueueJob(
  tx: OrganizationTransaction,
  name: QueueName,
  data: Record<string, unknown>,
): Promise<void> {
  await tx.execute(sql`select app.enqueue_job(${name}, ${JSON.stringify(data)}::text::jsonb)`);
}

/** Connects to the queue as `vitrine_jobs`; the queue's tables are there since the migration. */
export async function openQueue({ url, log }: { url: string; log: Log }): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: "vitrine queue",
    schema: PGBOSS_SCHEMA,
    max: 3,
    migrate: false,
    createSchema: false,
    schedule: false,
  });
  boss.on("error", (error) => log.error({ err: error }, "the job queue failed"));
  await boss.start();
  const workers = new Map<QueueName, string[]>();
  const stopping = new AbortController();
  const notify = (name: QueueName) => {
    for (const id of workers.get(name) ?? []) boss.notifyWorker(id);
  };
  const wake = (name: QueueName, delayMs = 0) => {
    if (delayMs > 0) setTimeout(notify, delayMs, name).unref();
    else notify(name);
  };

  return {
    async work(name, concurrency, handler) {
      await takeUp(boss, name);
      const options = { batchSize: 1, includeMetadata: true, pollingIntervalSeconds: POLL_SECONDS } as const;
      const perform = async (jobs: JobWithMetadata<unknown>[]) => {
        for (const job of jobs) {
          const signal = AbortSignal.any([job.signal, stopping.signal]);
          const isLastTry = job.retryCount >= job.retryLimit;
          try {
            await handler({ id: job.id, data: job.data, isLastTry, signal });
          } catch (error) {
            if (!stopping.signal.aborted) log.error({ err: error, queue: name, job: job.id }, "a job failed");
            throw error;
          } finally {
            // There may be more: a worker that goes back to sleep after each would do one in a poll's time.
            notify(name);
          }
        }
      };
      for (let count = 0; count < concurrency; count++) {
        const id = await boss.work<unknown>(name, options, perform);
        workers.set(name, [...(workers.get(name) ?? []), id]);
      }
    },
    wake,
    async [Symbol.asyncDispose]() {
      const patience = setTimeout(() => stopping.abort(new Error("The server stops")), GRACE_MS);
      await Promise.all([...workers.keys()].map((name) => boss.offWork(name, { wait: true })));
      clearTimeout(patience);
      await boss.stop({ graceful: false });
    },
  };
}

/**
 * Makes jobs that were under way, waiting to be tried again or given up ready to be worked now: no other process
 * works the files of this data folder. Written for the tables of pg-boss 12.20, the version that is pinned.
 */
async function takeUp(boss: PgBoss, name: QueueName): Promise<void> {
  await boss.getDb().executeSql(
    `update ${PGBOSS_SCHEMA}.job
    set state = 'created', start_after = now(), started_on = null, completed_on = null, heartbeat_on = null,
      retry_count = case when state = 'failed' then 0 else retry_count end
    where name = $1 and state in ('active', 'retry', 'failed')`,
    [name],
  );
}
