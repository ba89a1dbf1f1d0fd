import postgres from "postgres";

/** Why a transaction did not come about; `unknown` means that the connection was lost while COMMIT was under way. */
export type TransactionFault = "connection_lost" | "rolled_back" | "timed_out" | "unknown";

/** A transaction that failed as a whole, apart from what its statements say. Retryable unless `fault` is `unknown`. */
export class TransactionError extends Error {
  readonly fault: TransactionFault;
  constructor(fault: TransactionFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "TransactionError";
    this.fault = fault;
  }
}

/** The server cannot be used as asked: unreachable, too old, a role with too many rights. `message` says what to do. */
export class DatabaseUnusableError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "DatabaseUnusableError";
  }
}

/** What the server refused, without the values that its texts may carry: SQLSTATE and names only. */
export interface ServerRefusal {
  /** SQLSTATE, such as `23505`. */
  code: string;
  constraint: string | undefined;
  table: string | undefined;
  column: string | undefined;
}

/** Reads what the server refused out of an error or of its causes; undefined when it was something else. */
export function findServerRefusal(error: unknown): ServerRefusal | undefined {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if (one instanceof postgres.PostgresError) {
      return {
        code: one.code,
        constraint: one.constraint_name || undefined,
        table: one.table_name || undefined,
        column: one.column_name || undefined,
      };
    }
  }
  return undefined;
}

/** Whether a unique key refused the write; with `constraint`, whether that one did. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const refusal = findServerRefusal(error);
  return refusal?.code === "23505" && (constraint === undefined || refusal.constraint === constraint);
}

/** Whether the connection itself is gone or unusable, so that no statement after it may be sent on it. */
export function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof postgres.PostgresError)) return true;
  return error.severity === "FATAL" || error.severity === "PANIC";
}
