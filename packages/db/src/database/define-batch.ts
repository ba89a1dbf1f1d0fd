import type { RunnableQuery } from "drizzle-orm/runnable-query";
import { type QueryHandle, queryHandle } from "./session.ts";
import type { Statement } from "./statement.ts";

/** A built Drizzle query: select, insert, update, delete or execute. */
export type BatchItem = RunnableQuery<unknown, "pg"> & { execute(): PromiseLike<unknown> };

/** Results of a batch, in the order of its statements. */
export type BatchResults<Items extends readonly BatchItem[]> = {
  -readonly [Index in keyof Items]: Items[Index]["_"]["result"];
};

/** What a batch builds its statements with; `$count` is left out, since it runs by itself. */
export type BatchHandle = Omit<QueryHandle, "$count">;

/** Statements built once, with placeholders for `Values`, to be run many times. */
export interface DefinedBatch<Values extends Record<string, unknown>, Items extends readonly BatchItem[]> {
  readonly statements: () => readonly Statement[];
  /** Types only. */
  readonly _: { values: Values; items: Items } | undefined;
}

/**
 * Defines a batch of the module level, so that hot paths do not build their SQL anew: `sql.placeholder("name")` stands
 * for a value given at each run; `sql.placeholder("organizationId")` is filled from the scope by itself.
 */
export function defineBatch<Values extends Record<string, unknown> = Record<never, never>>() {
  return <const Items extends readonly BatchItem[]>(
    build: (q: BatchHandle) => Items,
  ): DefinedBatch<Values, Items> => {
    let statements: readonly Statement[] | undefined;
    return {
      statements: () => {
        statements ??= recordStatements(build);
        return statements;
      },
      _: undefined,
    };
  };
}

/** Builds the statements without running anything. Throws what the builder throws. */
export function recordStatements(build: (q: BatchHandle) => readonly BatchItem[]): Statement[] {
  const statements: Statement[] = [];
  const handle = queryHandle((statement) => {
    statements.push(statement);
    return NEVER;
  });
  const items = build(handle);
  if (statements.length > 0)
    throw new Error("A batch gives its statements back and does not run them itself");
  for (const item of items) void item.execute();
  return statements;
}

const NEVER = new Promise<never>(() => {});
