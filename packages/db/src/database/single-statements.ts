import type { ServingRole } from "../access/roles.ts";
import { failureOf } from "./burst.ts";
import { InteractiveTransaction } from "./interactive.ts";
import { LanePool } from "./lane-pool.ts";
import { requireServingRole } from "./serving-role.ts";
import { describeStatement } from "./statement.ts";
import { encodeParameter } from "./values.ts";

export interface RoleConnectionOptions {
  /** Of the role. */
  url: string;
  /** Connections, over which statements are spread; default 2. */
  connections?: number;
  connectTimeoutMs?: number;
}

/** Runs one statement and gives its rows as objects by column name. */
export type Ask = (text: string, parameters: readonly unknown[]) => Promise<unknown[]>;

/** Runs statements of one role, each a transaction of its own, prepared once a connection. For this package alone. */
export interface SingleStatements extends AsyncDisposable {
  ask: Ask;
  /** Those that `work` asks are one transaction, committed when it resolves. Await nothing but statements inside. */
  inTransaction<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result>;
}

/** Connects as a role without a tenant; rejects with `DatabaseUnusableError` when the role has too many rights. */
export async function openSingleStatements(
  role: ServingRole,
  options: RoleConnectionOptions,
): Promise<SingleStatements> {
  const pool = new LanePool({
    url: options.url,
    applicationName: role.replace("_", " "),
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    preparedTexts: 200,
    batchConnections: options.connections ?? 2,
    interactiveConnections: 2,
    waitTimeoutMs: 10_000,
    silenceTimeoutMs: 90_000,
  });
  try {
    await requireServingRole(pool.shared(), role);
  } catch (error) {
    await pool[Symbol.asyncDispose]();
    throw error;
  }
  return {
    async ask(text, parameters) {
      const encoded = parameters.map(encodeParameter);
      try {
        return (await pool.shared().send(text, encoded, "objects")).rows;
      } catch (error) {
        throw failureOf(error);
      }
    },
    inTransaction: (work) =>
      pool.exclusively((lane) => {
        const transaction = new InteractiveTransaction(lane, "BEGIN", undefined);
        return transaction.wholly(async () => {
          await transaction.begin();
          return work(askingIn(transaction));
        });
      }),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

function askingIn(transaction: InteractiveTransaction): Ask {
  return async (text, parameters) => {
    const query = { sql: text, params: [...parameters] };
    const statement = describeStatement(query, undefined, undefined, undefined);
    return asRows(await transaction.run(statement, {}));
  };
}

/** Guarantee: the result of a statement without fields is its rows. */
function asRows(result: unknown): unknown[] {
  return result as unknown[];
}
