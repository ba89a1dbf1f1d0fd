import { createHash } from "node:crypto";
import type postgres from "postgres";
import { runBurst } from "../database/burst.ts";
import type { Lane } from "../database/lane.ts";
import type { Statement } from "../database/statement.ts";
import type { Attack, Outcome, Step } from "./attack.ts";
import { preambleOf } from "./contexts.ts";
import type { Situation } from "./run-attack.ts";

/** Whether an attack is one statement whose rows need only be counted; a block has none. */
export function isLoopable({ steps: [first, ...more], before, expected }: Attack): boolean {
  const { kind } = expected("own");
  const isAlone = first?.text.startsWith("do ") === false && more.length === 0 && before === undefined;
  return isAlone && (kind === "count" || kind === "refused");
}

/**
 * Makes the functions that run these lists of attacks, one for each list of texts. They have the rights of their caller,
 * and plan each text once a connection, as statements that the driver prepares are.
 */
export async function makeLoops(
  superuser: postgres.Sql,
  lists: readonly (readonly Attack[])[],
): Promise<void> {
  const loops = new Map(lists.map((attacks) => [nameOf(attacks), attacks]));
  await superuser.unsafe(`create schema if not exists attacks; grant usage on schema attacks to vitrine_app;
    ${[...loops].map(([name, attacks]) => functionOf(name, attacks)).join(";\n")}`);
}

/** Runs attacks one after the other on the server, in one burst of the executor. */
export async function runLoop(
  lane: Lane,
  attacks: readonly Attack[],
  { begin, state, pair }: Situation,
): Promise<{ attack: Attack; outcome: Outcome }[]> {
  for (const text of preambleOf(state, pair)) await lane.control(text).catch(() => {});
  const given = JSON.stringify(attacks.flatMap(({ steps }) => steps.flatMap(({ parameters }) => parameters)));
  const call: Statement = {
    text: `select unnest(attacks.${nameOf(attacks)}($1::text::jsonb)) as found`,
    parameters: [given],
    shape: "objects",
    writesOutbox: false,
    textBeforeLimit: undefined,
    toResult: ({ rows }) => rows.map((row) => String(Reflect.get(Object(row), "found"))),
  };
  const [results] = await runBurst(lane, begin, [call], {});
  return attacks.map((attack, place) => ({ attack, outcome: asOutcome(Object(results)[place]) }));
}

/** The same for the same texts, whatever their parameters. */
function nameOf(attacks: readonly Attack[]): string {
  const texts = attacks.flatMap(({ steps }) => steps.map(({ text }) => text));
  return `loop_${createHash("sha256").update(texts.join("\0")).digest("hex").slice(0, 16)}`;
}

function functionOf(name: string, attacks: readonly Attack[]): string {
  let given = 0;
  const blocks = attacks
    .flatMap(({ steps }) => steps)
    .map((one) => {
      const block = blockOf(one, given);
      given += one.parameters.length;
      return block;
    });
  return `create or replace function attacks.${name}(p_given jsonb) returns text[]
    language plpgsql set plan_cache_mode = force_generic_plan as $loop$
    #variable_conflict use_column
    declare
      v_given text[] := array(select jsonb_array_elements_text(p_given));
      v_found text[] := '{}';
      v_count bigint;
      v_row record;
    begin
      ${blocks.join("\n")}
      return v_found;
    end $loop$`;
}

/** Runs a text in a subtransaction of its own that is undone, and notes its rows or its SQLSTATE. */
function blockOf({ text }: Step, given: number): string {
  const filled = text.replaceAll(/\$(\d+)/g, (_, number: string) => `v_given[${given + Number(number)}]`);
  const counted = /^(select|with) | returning /.test(text)
    ? `v_count := 0; for v_row in ${filled} loop v_count := v_count + 1; end loop;`
    : `${filled}; get diagnostics v_count = row_count;`;
  return `begin
      ${counted}
      raise exception using errcode = 'ZZ999';
    exception
      when sqlstate 'ZZ999' then v_found := v_found || v_count::text;
      when others then v_found := v_found || ('!' || sqlstate);
    end;`;
}

function asOutcome(result: unknown): Outcome {
  if (typeof result !== "string") throw new Error("An attack has no outcome");
  if (result.startsWith("!")) return { kind: "refused", code: result.slice(1) };
  return { kind: "rows", count: Number(result), rows: [] };
}
