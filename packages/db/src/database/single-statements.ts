import type { ServingRole } from "../access/roles.ts";
import { failureOf } from "./burst.ts";
import { LanePool } from "./lane-pool.ts";
import { requireServingRole } from "./serving-role.ts";
import { encodeParameter } from "./values.ts";

export interface RoleConnectionOptions {
  /** Of the role. */
  url: string;
  /** Connections, over which statements are spread; default 2. */
  connections?: number;
  connectTimeoutMs?: number;
}

/** Runs statements of one role, each a transaction of its own, prepared once a connection. For this package alone. */
export interface SingleStatements extends AsyncDisposable {
  /** The rows as objects by column name. */
  ask(text: string, parameters: readonly unknown[]): Promise<unknown[]>;
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
    interactiveConnections: 0,
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
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}
