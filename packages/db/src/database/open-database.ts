import { beginFor, runBurst } from "./burst.ts";
import {
  type BatchHandle,
  type BatchItem,
  type BatchResults,
  type DefinedBatch,
  recordStatements,
} from "./define-batch.ts";
import { InteractiveTransaction } from "./interactive.ts";
import { LanePool } from "./lane-pool.ts";
import type { OrganizationScope } from "./scope.ts";
import { requireServingRole } from "./serving-role.ts";
import { type QueryHandle, queryHandle } from "./session.ts";
import type { Statement } from "./statement.ts";

export type { BatchHandle, BatchItem, BatchResults, DefinedBatch } from "./define-batch.ts";
export type { OrganizationScope } from "./scope.ts";
export type { RawResult } from "./session.ts";

declare const transactionBrand: unique symbol;

/**
 * A transaction of one organization, as a Drizzle handle. It sees and writes rows of that organization only; name
 * `organization_id` in every query all the same, the planner needs it. Of no use once its callback has ended.
 */
export interface OrganizationTransaction extends QueryHandle {
  readonly scope: OrganizationScope;
  readonly [transactionBrand]: true;
}

export interface DatabaseOptions {
  /** Of the role `vitrine_app`. */
  url: string;
  /** Connections on which bursts queue behind each other; default 2. */
  batchConnections?: number;
  /** Connections for interactive transactions, opened when needed; default 8. */
  interactiveConnections?: number;
  /** Called after a transaction that inserted into the outbox has committed: wake the notifier here. Must not throw. */
  onOutboxCommit?: (organizationId: string) => void;
  connectTimeoutMs?: number;
}

export interface TransactionOptions {
  /** Aborted: no further statement is sent and the transaction is rolled back. */
  signal?: AbortSignal;
}

/** The one way to rows of organizations. Instants are `Date`, `bigint` columns numbers, `jsonb` parsed. */
export interface Database extends AsyncDisposable {
  /**
   * Runs `work` in a transaction on a connection of its own and commits when it resolves; rolls back when it throws.
   * For statements that depend on earlier answers. Await nothing but statements inside.
   */
  inOrganization<Result>(
    scope: OrganizationScope,
    work: (tx: OrganizationTransaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /** Runs statements known beforehand as one transaction in one message: the fast way, for most reads and many writes. */
  batch<const Items extends readonly BatchItem[]>(
    scope: OrganizationScope,
    build: (q: BatchHandle) => Items,
  ): Promise<BatchResults<Items>>;
  /** Runs a batch defined once with `defineBatch`, with the values of its placeholders. */
  run<Values extends Record<string, unknown>, Items extends readonly BatchItem[]>(
    scope: OrganizationScope,
    batch: DefinedBatch<Values, Items>,
    values: Values,
  ): Promise<BatchResults<Items>>;
}

/**
 * Connects as `vitrine_app`. Rejects with `DatabaseUnusableError`, whose message says what to do, when the server is
 * unreachable, older than 15 or not migrated, or when the role could get around row level security.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const pool = new LanePool({
    url: options.url,
    applicationName: "vitrine app",
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    preparedTexts: 1000,
    batchConnections: options.batchConnections ?? 2,
    interactiveConnections: options.interactiveConnections ?? 8,
    waitTimeoutMs: 10_000,
    silenceTimeoutMs: 40_000,
  });
  try {
    await pool.exclusively((lane) => requireServingRole(lane, "vitrine_app"));
  } catch (error) {
    await pool[Symbol.asyncDispose]();
    throw error;
  }
  return new TenantDatabase(pool, options.onOutboxCommit ?? (() => {}));
}

class TenantDatabase implements Database {
  readonly #pool: LanePool;
  readonly #onOutboxCommit: (organizationId: string) => void;

  constructor(pool: LanePool, onOutboxCommit: (organizationId: string) => void) {
    this.#pool = pool;
    this.#onOutboxCommit = onOutboxCommit;
  }

  async inOrganization<Result>(
    scope: OrganizationScope,
    work: (tx: OrganizationTransaction) => Promise<Result>,
    options: TransactionOptions = {},
  ): Promise<Result> {
    let writesOutbox = false;
    const result = await this.#pool.exclusively(async (lane) => {
      const transaction = new InteractiveTransaction(lane, beginFor(scope), options.signal);
      const handle = queryHandle((statement, values) => {
        writesOutbox ||= statement.writesOutbox;
        return transaction.run(statement, values);
      });
      return transaction.wholly(() => work(brand(handle, scope)));
    });
    if (writesOutbox) this.#onOutboxCommit(scope.organizationId);
    return result;
  }

  async batch<const Items extends readonly BatchItem[]>(
    scope: OrganizationScope,
    build: (q: BatchHandle) => Items,
  ): Promise<BatchResults<Items>> {
    return asResults<Items>(await this.#burst(scope, recordStatements(build), {}));
  }

  async run<Values extends Record<string, unknown>, Items extends readonly BatchItem[]>(
    scope: OrganizationScope,
    batch: DefinedBatch<Values, Items>,
    values: Values,
  ): Promise<BatchResults<Items>> {
    const filled = { ...values, organizationId: scope.organizationId };
    return asResults<Items>(await this.#burst(scope, batch.statements(), filled));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#pool[Symbol.asyncDispose]();
  }

  async #burst(scope: OrganizationScope, statements: readonly Statement[], values: Record<string, unknown>) {
    const results = await runBurst(this.#pool.shared(), beginFor(scope), statements, values);
    if (statements.some(({ writesOutbox }) => writesOutbox)) this.#onOutboxCommit(scope.organizationId);
    return results;
  }
}

/** Guarantee: only `inOrganization` makes one, from a handle whose every statement runs in that scope's transaction. */
function brand(handle: QueryHandle, scope: OrganizationScope): OrganizationTransaction {
  return Object.assign(handle, { scope }) as unknown as OrganizationTransaction;
}

/** Guarantee: `runBurst` gives one result a statement, in order, each made by the mapping of the query that promised its type. */
function asResults<Items extends readonly BatchItem[]>(results: unknown[]): BatchResults<Items> {
  return results as unknown as BatchResults<Items>;
}
