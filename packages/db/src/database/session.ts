import { entityKind, type Query } from "drizzle-orm";
import {
  PgDatabase,
  PgDialect,
  PgPreparedQuery,
  type PgQueryResultHKT,
  PgSession,
  type PreparedQueryConfig,
  type SelectedFieldsOrdered,
} from "drizzle-orm/pg-core";
import { describeStatement, type Statement } from "./statement.ts";

/** Rows as objects by column name, and how many rows the statement touched. */
export type RawResult<Row> = Row[] & { readonly count: number };

export interface RawResultHKT extends PgQueryResultHKT {
  type: RawResult<this["row"]>;
}

/** Takes each statement that a query handle wants to run. */
export type Run = (statement: Statement, values: Record<string, unknown>) => Promise<unknown>;

type Handle = PgDatabase<RawResultHKT>;

/** What builds and runs statements inside a transaction: Drizzle's builders, without its own transactions. */
export type QueryHandle = Pick<
  Handle,
  | "select"
  | "selectDistinct"
  | "selectDistinctOn"
  | "insert"
  | "update"
  | "delete"
  | "execute"
  | "with"
  | "$with"
  | "$count"
>;

const dialect = new PgDialect();

/** A query handle whose every statement goes to `run`. */
export function queryHandle(run: Run): QueryHandle {
  return new PgDatabase<RawResultHKT>(dialect, new ExecutorSession(run), undefined);
}

class ExecutorSession extends PgSession<RawResultHKT> {
  static override readonly [entityKind]: string = "VitrineSession";
  readonly #run: Run;

  constructor(run: Run) {
    super(dialect);
    this.#run = run;
  }

  override prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    query: Query,
    fields: SelectedFieldsOrdered | undefined,
    _name: string | undefined,
    _isResponseInArrayMode: boolean,
    customResultMapper?: (rows: unknown[][]) => T["execute"],
  ): PgPreparedQuery<T> {
    return new ExecutorQuery<T>(this.#run, query, fields, customResultMapper);
  }

  override transaction(): Promise<never> {
    throw new Error("A tenant transaction is opened by inOrganization or batch only");
  }
}

class ExecutorQuery<T extends PreparedQueryConfig> extends PgPreparedQuery<T> {
  static override readonly [entityKind]: string = "VitrineQuery";
  /** Set by Drizzle's select after `prepareQuery`. */
  joinsNotNullableMap: Record<string, boolean> | undefined;
  readonly #run: Run;
  readonly #fields: SelectedFieldsOrdered | undefined;
  readonly #custom: ((rows: unknown[][]) => unknown) | undefined;
  #statement: Statement | undefined;

  constructor(
    run: Run,
    query: Query,
    fields: SelectedFieldsOrdered | undefined,
    custom: ((rows: unknown[][]) => unknown) | undefined,
  ) {
    super(query, undefined, undefined);
    this.#run = run;
    this.#fields = fields;
    this.#custom = custom;
  }

  override async execute(values: Record<string, unknown> = {}): Promise<T["execute"]> {
    this.#statement ??= describeStatement(this.query, this.#fields, this.joinsNotNullableMap, this.#custom);
    return this.#run(this.#statement, values);
  }
}
