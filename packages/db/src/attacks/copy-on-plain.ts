import type { Readable } from "node:stream";
import postgres from "postgres";
import { findServerRefusal } from "../database/errors.ts";
import { counted, type Expectation, judge, type Outcome } from "./attack.ts";
import type { AttackTable, Pair } from "./attack-world.ts";
import { beginOf, type Identity, preambleOf, type State, speakerOf } from "./contexts.ts";
import type { Tally } from "./tally.ts";

/** COPY to and from the client, which the executor has no way for: on a plain connection of the serving role, in its transactions. */
export async function copyOnPlain(
  url: string,
  tables: readonly AttackTable[],
  pair: Pair,
  contexts: readonly { identity: Identity; state: State }[],
  tally: Tally,
): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    for (const { identity, state } of contexts) {
      const context = `${identity}, ${state}, plain`;
      for (const table of tables) {
        for (const text of preambleOf(state, pair)) await sql.unsafe(text).catch(() => {});
        for (const { text, expected } of copies(table, pair, identity)) {
          const outcome = await copyOne(sql, beginOf(identity, pair), text);
          const fault = judge(outcome, expected, pair.target.marks);
          tally.note(table.name, "copy to", context, outcome.kind === "refused", fault);
        }
        const given = await copyIn(sql, beginOf(identity, pair), `copy tenant.${table.name} from stdin`);
        tally.note(table.name, "copy from", context, given.kind === "refused", judge(given, NO_COPY, []));
      }
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Under row security the server has no COPY FROM at all. */
const NO_COPY: Expectation = { kind: "refused", codes: ["42501", "0A000"] };

function copies(
  table: AttackTable,
  pair: Pair,
  identity: Identity,
): { text: string; expected: Expectation }[] {
  const on = `tenant.${table.name}`;
  const isNobody = speakerOf(identity) === "nobody";
  return [
    {
      text: `copy ${on} to stdout`,
      expected: counted(isNobody ? 0 : (pair.mine.rows.get(table.name)?.length ?? 0)),
    },
    {
      text: `copy (select * from ${on} where organization_id = '${pair.target.id}') to stdout`,
      expected: counted(0),
    },
  ];
}

async function copyOne(sql: postgres.Sql, begin: string, text: string): Promise<Outcome> {
  try {
    await sql.unsafe(begin);
    const lines = await readLines(await sql.unsafe(text).readable());
    return { kind: "rows", count: lines.length, rows: lines };
  } catch (error) {
    return { kind: "refused", code: findServerRefusal(error)?.code ?? String(error) };
  } finally {
    await sql.unsafe("ROLLBACK");
  }
}

async function copyIn(sql: postgres.Sql, begin: string, text: string): Promise<Outcome> {
  try {
    await sql.unsafe(begin);
    const stream = await sql.unsafe(text).writable();
    await new Promise((resolve) => stream.once("close", resolve).end());
    return { kind: "rows", count: 0, rows: [] };
  } catch (error) {
    return { kind: "refused", code: findServerRefusal(error)?.code ?? String(error) };
  } finally {
    await sql.unsafe("ROLLBACK");
  }
}

async function readLines(stream: Readable): Promise<string[]> {
  let text = "";
  for await (const part of stream) text += String(part);
  return text.split("\n").filter(Boolean);
}
