import postgres from "postgres";
import { Lane } from "../../../packages/db/src/database/lane.ts";
import { WIRE_TYPES } from "../../../packages/db/src/database/wire-types.ts";

type Sent = { text: string; parameters: (string | boolean | null)[] };

/** One transaction as the executor sent it; a burst does not wait for one answer before the next statement. */
export type SentTransaction = { statements: Sent[]; isBurst: boolean };

/** The transactions of one organization that the executor sends while `work` runs, texts and parameters as they travel. */
export async function recordTransactions(
  organizationId: string,
  work: () => Promise<void>,
): Promise<SentTransaction[]> {
  const { send, control } = Lane.prototype;
  const open = new Map<Lane, Sent[]>();
  const transactions: SentTransaction[] = [];
  Lane.prototype.control = function (text) {
    const statements = open.get(this);
    if (text.startsWith("BEGIN") && text.includes(organizationId)) open.set(this, []);
    else if (statements !== undefined) {
      open.delete(this);
      transactions.push({ statements, isBurst: this.outstanding > 0 });
    }
    return control.call(this, text);
  };
  Lane.prototype.send = function (text, parameters, shape) {
    open.get(this)?.push({ text, parameters });
    return send.call(this, text, parameters, shape);
  };
  try {
    await work();
  } finally {
    Object.assign(Lane.prototype, { send, control });
  }
  return transactions;
}

/** Texts within parameters that each run has others for. */
export type Swaps = readonly (readonly [recorded: string, given: string])[];

export type Replayer = AsyncDisposable & {
  /**
   * Runs the transactions again. `organizationId`: within the walls, as that organization; without it, bare: a burst
   * without a transaction around it. Throws when the first statement finds nothing.
   */
  run(transactions: readonly SentTransaction[], swaps: Swaps, organizationId?: string): Promise<void>;
};

/** Connections of their own on which recorded statements run, prepared; no more runs at once than connections. */
export async function openReplayer(url: string, connections: number): Promise<Replayer> {
  const free = Array.from({ length: connections }, () =>
    postgres(url, {
      max: 1,
      fetch_types: false,
      onnotice: () => {},
      connection: { TimeZone: "UTC" },
      types: WIRE_TYPES,
    }),
  );
  const all = [...free];
  return {
    async run(transactions, swaps, organizationId) {
      const connection = free.pop();
      if (connection === undefined) throw new Error("More runs at once than connections");
      try {
        for (const transaction of transactions) await replay(connection, transaction, swaps, organizationId);
      } finally {
        free.push(connection);
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(all.map((one) => one.end({ timeout: 1 })));
    },
  };
}

async function replay(
  connection: postgres.Sql,
  { statements, isBurst }: SentTransaction,
  swaps: Swaps,
  organizationId: string | undefined,
): Promise<void> {
  const control = (text: string) => connection.unsafe(text).execute();
  const send = ({ text, parameters }: Sent) =>
    connection
      .unsafe(
        text,
        parameters.map((one) => swap(one, swaps)),
        { prepare: true },
      )
      .execute();
  const begin =
    organizationId === undefined ? "BEGIN" : `BEGIN;SET LOCAL app.organization_id='${organizationId}'`;
  if (isBurst) {
    const isBare = organizationId === undefined;
    const began = isBare ? undefined : control(begin);
    const answers = statements.map(send);
    const ended = isBare ? undefined : control("COMMIT");
    const [rows] = await Promise.all(answers);
    await Promise.all([began, ended]);
    requireRows(rows);
    return;
  }
  const began = control(begin);
  for (const [place, statement] of statements.entries()) {
    const rows = await send(statement);
    if (place === 0) {
      await began;
      requireRows(rows);
    }
  }
  await control("COMMIT");
}

function swap(parameter: string | boolean | null, swaps: Swaps): string | boolean | null {
  if (typeof parameter !== "string") return parameter;
  return swaps.reduce((text, [recorded, given]) => text.replaceAll(recorded, given), parameter);
}

function requireRows(rows: readonly unknown[] | undefined): void {
  if (rows === undefined || rows.length === 0) throw new Error("The statements found nothing when run again");
}
