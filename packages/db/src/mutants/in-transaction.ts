import { type Attack, judge, type Outcome, type Speaker } from "../attacks/attack.ts";
import type { AttackWorld, Pair } from "../attacks/attack-world.ts";
import { asFingerprints, changedKeys, type Fingerprints, fingerprintQuery } from "../attacks/fingerprints.ts";
import { findServerRefusal } from "../database/errors.ts";
import type { Lane } from "../database/lane.ts";

/** Who attacks inside the superuser's transaction: the role it takes on and the organization it names. */
const SPEAKERS: Record<Exclude<Speaker, "another">, (pair: Pair) => string> = {
  own: ({ mine }) => `set local role vitrine_app;set local app.organization_id='${mine.id}'`,
  nobody: () => "set local role vitrine_app;set local app.organization_id=''",
  auth: () => "set local role vitrine_auth",
};

/**
 * Runs attacks inside a transaction of a superuser that is open on the connection, each undone by a savepoint, so that
 * a mutant need not be committed. Gives the first fault found.
 */
export async function attackInTransaction(
  lane: Lane,
  attacks: readonly Attack[],
  pair: Pair,
  world: AttackWorld,
): Promise<string | undefined> {
  const query = fingerprintQuery(world, pair.target.id);
  const before = asFingerprints((await lane.send(query, [], "objects")).rows);
  const speakers: (keyof typeof SPEAKERS)[] = ["own", "nobody", "auth"];
  const cells = attacks
    .filter(({ before: first }) => first?.as !== "speaker")
    .flatMap((attack) => speakers.map((speaker) => ({ attack, speaker })));
  const faults = await Promise.all(
    cells.map(async ({ attack, speaker }) => {
      const { outcome, after } = await runOne(lane, attack, SPEAKERS[speaker](pair), pair, query);
      const fault = judge(outcome, attack.expected(speaker), pair.target.marks);
      const changed = after === undefined ? [] : changedKeys(before, after);
      const text = fault ?? (changed.length > 0 ? `${changed.join(", ")} changed` : undefined);
      return text === undefined ? undefined : `${attack.command} (${speaker}): ${text}`;
    }),
  );
  return faults.find((fault) => fault !== undefined);
}

/** Sends all of one attack at once. The rows of the target are looked at after those that could change them unseen. */
async function runOne(
  lane: Lane,
  attack: Attack,
  begin: string,
  pair: Pair,
  query: string,
): Promise<{ outcome: Outcome; after: Fingerprints | undefined }> {
  const { before } = attack;
  const opened = [
    lane.control("savepoint cell"),
    ...(before === undefined
      ? []
      : [
          lane.control(`set local role vitrine_app;set local app.organization_id='${pair.target.id}'`),
          lane.send(before.text, [...before.parameters], "objects"),
          lane.control("reset role"),
        ]),
    lane.control(begin),
  ];
  const sent = attack.steps.map(({ text, parameters }) => lane.send(text, [...parameters], "objects"));
  const isSilent = attack.command === "cascade" || attack.command.endsWith("function");
  const looked = isSilent ? [lane.control("reset role"), lane.send(query, [], "objects")] : [];
  const closed = [lane.control("rollback to cell"), lane.control("reset role")];
  const cleaned =
    attack.after === undefined
      ? []
      : [lane.control("savepoint cell"), lane.control(attack.after), lane.control("rollback to cell")];
  const [outcomes, looks] = await Promise.all([
    Promise.allSettled(sent),
    Promise.allSettled(looked),
    Promise.allSettled([...opened, ...closed, ...cleaned]),
  ]);
  const look = looks[1];
  const after = look?.status === "fulfilled" ? asFingerprints(look.value.rows) : undefined;
  const failed = outcomes.find((one) => one.status === "rejected");
  if (failed !== undefined) {
    return {
      outcome: { kind: "refused", code: findServerRefusal(failed.reason)?.code ?? "lost" },
      after: undefined,
    };
  }
  const counted = outcomes[attack.counted ?? outcomes.length - 1];
  if (counted?.status !== "fulfilled") throw new Error("An attack has no outcome");
  return { outcome: { kind: "rows", count: counted.value.count ?? 0, rows: counted.value.rows }, after };
}
