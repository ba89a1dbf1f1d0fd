import { beginFor, runBurst } from "../database/burst.ts";
import { findServerRefusal } from "../database/errors.ts";
import { InteractiveTransaction } from "../database/interactive.ts";
import type { Lane } from "../database/lane.ts";
import { organizationScope } from "../database/scope.ts";
import type { Statement } from "../database/statement.ts";
import type { Attack, Outcome, Step } from "./attack.ts";
import type { Pair } from "./attack-world.ts";
import { type Path, preambleOf, type State } from "./contexts.ts";

export interface Situation {
  begin: string;
  path: Path;
  state: State;
  pair: Pair;
}

/**
 * Runs one attack on a connection by the executor's own ways, after what the state asks for. In a burst everything is
 * sent before this returns, so that attacks may follow one another without waiting.
 */
export async function runAttack(lane: Lane, attack: Attack, situation: Situation): Promise<Outcome> {
  const preparing = prepare(lane, attack, situation);
  const running =
    situation.path === "burst"
      ? burst(lane, attack, situation.begin)
      : interactive(lane, attack, situation.begin);
  const after = situation.path === "burst" && attack.after !== undefined ? [lane.control(attack.after)] : [];
  const [outcome] = await Promise.all([running, Promise.allSettled([...preparing, ...after])]);
  if (situation.path === "interactive" && attack.after !== undefined)
    await ignored(lane.control(attack.after));
  return outcome;
}

function prepare(lane: Lane, attack: Attack, { begin, state, pair }: Situation): Promise<unknown>[] {
  const sent: Promise<unknown>[] = preambleOf(state, pair).map((text) => ignored(lane.control(text)));
  if (attack.before === undefined) return sent;
  const { as, text, parameters } = attack.before;
  const opened = as === "speaker" ? begin : beginFor(organizationScope(pair.target.id));
  sent.push(ignored(lane.control(opened)));
  sent.push(ignored(lane.send(text, [...parameters], "objects")));
  sent.push(ignored(lane.control("COMMIT")));
  return sent;
}

async function burst(lane: Lane, attack: Attack, begin: string): Promise<Outcome> {
  const place = attack.counted ?? attack.steps.length - 1;
  if (attack.isKept) {
    try {
      return asOutcome((await runBurst(lane, begin, attack.steps.map(asStatement), {}))[place]);
    } catch (error) {
      return refusal(error);
    }
  }
  const sent = [
    lane.control(begin),
    ...attack.steps.map(({ text, parameters }) => lane.send(text, [...parameters], "objects")),
    lane.control("ROLLBACK"),
  ];
  const outcomes = await Promise.allSettled(sent);
  const failed = outcomes.find((one) => one.status === "rejected");
  if (failed !== undefined) return refusal(failed.reason);
  const counted = outcomes[place + 1];
  if (counted?.status !== "fulfilled") throw new Error("An attack has no outcome");
  return { kind: "rows", count: counted.value.count ?? 0, rows: counted.value.rows };
}

async function interactive(lane: Lane, attack: Attack, begin: string): Promise<Outcome> {
  const transaction = new InteractiveTransaction(lane, begin, undefined);
  const results: unknown[] = [];
  try {
    for (const one of attack.steps) results.push(await transaction.run(asStatement(one), {}));
    if (attack.isKept) await transaction.commit();
    else await transaction.rollback();
    return asOutcome(results[attack.counted ?? attack.steps.length - 1]);
  } catch (error) {
    await transaction.rollback();
    return refusal(error);
  }
}

function asStatement({ text, parameters }: Step): Statement {
  return {
    text,
    parameters,
    shape: "objects",
    writesOutbox: false,
    textBeforeLimit: undefined,
    toResult: ({ rows, count }) => ({ kind: "rows", count: count ?? 0, rows }),
  };
}

/** Guarantee: `asStatement` makes every result. */
function asOutcome(result: unknown): Outcome {
  return result as Outcome;
}

function refusal(error: unknown): Outcome {
  const code =
    findServerRefusal(error)?.code ?? (error instanceof Error ? `${error.name} ${error.message}` : "unknown");
  return { kind: "refused", code };
}

async function ignored(sent: Promise<unknown>): Promise<void> {
  await sent.catch(() => {});
}
