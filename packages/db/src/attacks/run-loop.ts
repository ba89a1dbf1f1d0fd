import { runBurst } from "../database/burst.ts";
import type { Lane } from "../database/lane.ts";
import type { Statement } from "../database/statement.ts";
import type { Attack, Outcome, Step } from "./attack.ts";
import { preambleOf } from "./contexts.ts";
import type { Situation } from "./run-attack.ts";

/** Runs each text of the setting `attack.texts` in a subtransaction of its own that is undone, and notes its rows or its SQLSTATE. */
const LOOP = `do $$
declare
  v_text text;
  v_count bigint;
  v_found text[] := '{}';
begin
  for v_text in select jsonb_array_elements_text(current_setting('attack.texts')::jsonb) loop
    begin
      execute v_text;
      get diagnostics v_count = row_count;
      raise exception using errcode = 'ZZ999';
    exception
      when sqlstate 'ZZ999' then v_found := v_found || v_count::text;
      when others then v_found := v_found || ('!' || sqlstate);
    end;
  end loop;
  perform set_config('attack.found', array_to_json(v_found)::text, true);
end $$`;

/** Whether an attack is one statement whose rows need only be counted. */
export function isLoopable({ steps, before, expected }: Attack): boolean {
  const { kind } = expected("own");
  return steps.length === 1 && before === undefined && (kind === "count" || kind === "refused");
}

/** Runs attacks one after the other on the server, in one burst of the executor. */
export async function runLoop(
  lane: Lane,
  attacks: readonly Attack[],
  { begin, state, pair }: Situation,
): Promise<{ attack: Attack; outcome: Outcome }[]> {
  if (attacks.length === 0) return [];
  for (const text of preambleOf(state, pair)) await lane.control(text).catch(() => {});
  const texts = JSON.stringify(attacks.flatMap(({ steps }) => steps.map(inWords)));
  const [, , found] = await runBurst(
    lane,
    begin,
    [
      statement("select set_config('attack.texts', $1, true)", [texts]),
      statement(LOOP, []),
      statement("select current_setting('attack.found') as found", []),
    ],
    {},
  );
  const results: string[] = JSON.parse(foundIn(found));
  return attacks.map((attack, place) => ({ attack, outcome: asOutcome(results[place]) }));
}

function statement(text: string, parameters: readonly string[]): Statement {
  return {
    text,
    parameters,
    shape: "objects",
    writesOutbox: false,
    textBeforeLimit: undefined,
    toResult: ({ rows }) => rows[0],
  };
}

/** The text with its parameters in place, as literals. */
function inWords({ text, parameters }: Step): string {
  return text.replaceAll(/\$(\d+)/g, (_, number: string) => {
    const value = parameters[Number(number) - 1];
    return value === null || value === undefined ? "null" : `'${value.replaceAll("'", "''")}'`;
  });
}

function foundIn(row: unknown): string {
  return typeof row === "object" && row !== null ? String(Reflect.get(row, "found")) : "[]";
}

function asOutcome(result: string | undefined): Outcome {
  if (result === undefined) throw new Error("An attack has no outcome");
  if (result.startsWith("!")) return { kind: "refused", code: result.slice(1) };
  return { kind: "rows", count: Number(result), rows: [] };
}
