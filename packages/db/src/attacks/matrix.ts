import type postgres from "postgres";
import { Lane } from "../database/lane.ts";
import { type Attack, judge } from "./attack.ts";
import type { AttackTable, AttackWorld, Pair } from "./attack-world.ts";
import { serverCommands, tableCommands } from "./commands.ts";
import { beginOf, IDENTITIES, type Identity, type Path, STATES, type State, speakerOf } from "./contexts.ts";
import { copyOnPlain } from "./copy-on-plain.ts";
import { asFingerprints, changedKeys, fingerprintQuery } from "./fingerprints.ts";
import { keys } from "./keys.ts";
import { reads } from "./reads.ts";
import { routineAttacks } from "./routines.ts";
import { runAttack } from "./run-attack.ts";
import { isLoopable, makeLoops, runLoop } from "./run-loop.ts";
import type { Tally } from "./tally.ts";
import { writes } from "./writes.ts";

export interface MatrixOptions {
  /** Of the serving role, and of the one that looks up credentials. */
  urls: { app: string; auth: string };
  /** Sees everything: compares rows before and after. */
  superuser: postgres.Sql;
  world: AttackWorld;
  /** Connections at a time. */
  lanes: number;
  contexts: readonly Context[];
  /** The tables, `functions` or `server` to attack; everything when absent. */
  only?: readonly string[];
}

export interface Context {
  identity: Identity;
  state: State;
  path: Path;
}

/** Every context but loops. The role that looks up credentials has no organization, so its connection has no state. */
export const SINGLE_CONTEXTS: readonly Context[] = IDENTITIES.flatMap((identity): Context[] =>
  identity === "credentials role"
    ? [{ identity, state: "fresh", path: "burst" }]
    : STATES.flatMap((state) => [
        { identity, state, path: "burst" },
        { identity, state, path: "interactive" },
      ]),
);

/** Loops on the server, for numbers: each organization there can be, on a connection that another has used. */
export const LOOP_CONTEXTS: readonly Context[] = IDENTITIES.filter((one) => one !== "credentials role").map(
  (identity) => ({ identity, state: "warm", path: "loop" }),
);

/** Everything that is tried on one table. */
export function attacksOn(table: AttackTable, pair: Pair, world: AttackWorld): Attack[] {
  return [
    ...reads(table, pair),
    ...writes(table, pair),
    ...keys(table, pair, world),
    ...tableCommands(table),
  ];
}

/** Everything that is tried by one organization on another, by what it is tried on. */
export function attacksBy(pair: Pair, world: AttackWorld): Map<string, Attack[]> {
  return new Map<string, Attack[]>([
    ...world.tables.map((table): [string, Attack[]] => [table.name, attacksOn(table, pair, world)]),
    ["functions", routineAttacks(world, pair)],
    ["server", serverCommands()],
  ]);
}

interface Group {
  object: string;
  context: Context;
  pair: Pair;
  attacks: readonly Attack[];
}

/** Runs all attacks of each pair in all contexts, and compares all rows before and after. */
export async function runRound(options: MatrixOptions, pairs: readonly Pair[], tally: Tally): Promise<void> {
  const { world, superuser, urls, contexts } = options;
  const look = async () => asFingerprints(await superuser.unsafe(fingerprintQuery(world)));
  const before = await look();
  const isTried = (object: string) => options.only?.includes(object) !== false;
  const all = pairs.map((pair) => ({
    pair,
    attacks: [...attacksBy(pair, world)].filter(([object]) => isTried(object)),
  }));
  const tables = world.tables.filter(({ name }) => isTried(name));
  const groups = contexts.flatMap((context) =>
    all.flatMap(({ pair, attacks }) =>
      attacks.map(([object, list]): Group => {
        return { object, context, pair, attacks: context.path === "loop" ? list.filter(isLoopable) : list };
      }),
    ),
  );
  await makeLoops(
    superuser,
    groups.filter(({ context }) => context.path === "loop").map(({ attacks }) => attacks),
  );
  const isAuth = ({ context }: Group) => context.identity === "credentials role";
  const rest = groups.filter((one) => !isAuth(one));
  const plain = contexts.filter(({ identity, path }) => identity !== "credentials role" && path === "burst");
  await Promise.all([
    ...Array.from({ length: options.lanes }, () => work(urls.app, rest, tally)),
    work(urls.auth, groups.filter(isAuth), tally),
    ...pairs.map((pair) => copyOnPlain(urls.app, tables, pair, plain, tally)),
  ]);
  for (const key of changedKeys(before, await look())) tally.noteChange(key, "after a round");
}

/** Takes groups off a list that others take from too, until there are none. */
async function work(url: string, groups: Group[], tally: Tally): Promise<void> {
  const lane = new Lane({ url, applicationName: "attack", connectTimeoutMs: 10_000, preparedTexts: 4000 });
  try {
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      await runGroup(lane, group, tally);
    }
  } finally {
    await lane.drop();
  }
}

async function runGroup(lane: Lane, { object, context, pair, attacks }: Group, tally: Tally): Promise<void> {
  if (context.state === "fresh") await lane.drop();
  const situation = { ...context, begin: beginOf(context.identity, pair), pair };
  const speaker = speakerOf(context.identity);
  const marks = speaker === "another" ? [...pair.target.marks, pair.mine.id] : pair.target.marks;
  const name = `${context.identity}, ${context.state}, ${context.path}`;
  const runOne = async (attack: Attack) => {
    const outcome = await runAttack(lane, attack, situation);
    const fault = judge(outcome, attack.expected(speaker), marks);
    tally.note(object, attack.command, name, outcome.kind === "refused", fault);
  };
  if (context.path === "burst") await Promise.all(attacks.map(runOne));
  else if (context.path === "interactive") for (const attack of attacks) await runOne(attack);
  else {
    for (const { attack, outcome } of await runLoop(lane, attacks, situation)) {
      const fault = judge(outcome, attack.expected(speaker), marks);
      tally.note(object, attack.command, name, outcome.kind === "refused", fault);
    }
  }
}
