/** Options of a job queue, as pg-boss 12 names them. */
export interface QueueOptions {
  policy: "standard" | "short" | "singleton" | "stately" | "exclusive";
  retryLimit: number;
  retryDelay: number;
  retryBackoff: boolean;
  retryDelayMax?: number;
  expireInSeconds: number;
  retentionSeconds: number;
  deleteAfterSeconds: number;
  heartbeatSeconds?: number;
}

export const PGBOSS_SCHEMA = "pgboss";

const DAY_SECONDS = 86_400;

/** The queues of the product. `migrate` makes them; workers and `app.enqueue_job` find them there. */
export const QUEUES = {
  /** Reads, checks and prepares a finished upload. Data: `organizationId`, `assetId`. */
  "process-asset": {
    policy: "standard",
    retryLimit: 3,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: 4 * 3600,
    retentionSeconds: 14 * DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
    heartbeatSeconds: 60,
  },
  /** Sends one message. Data: `organizationId`, `kind`, and what that kind needs to compose it. */
  "send-mail": {
    policy: "standard",
    retryLimit: 9,
    retryDelay: 20,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: 300,
    retentionSeconds: 7 * DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
  },
  /** Verifies an organization's audit chain. Data: `organizationId`, `checkId`. */
  "verify-audit": {
    policy: "standard",
    retryLimit: 2,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: 3600,
    retentionSeconds: DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
  },
  /** Forgets what has passed its time, over all organizations. */
  housekeeping: {
    policy: "exclusive",
    retryLimit: 2,
    retryDelay: 60,
    retryBackoff: true,
    expireInSeconds: 900,
    retentionSeconds: DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
  },
} as const satisfies Record<string, QueueOptions>;

export type QueueName = keyof typeof QUEUES;
