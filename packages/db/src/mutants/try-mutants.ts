import type { Attack } from "../attacks/attack.ts";
import { type AttackWorld, makeAttackWorld, type Pair } from "../attacks/attack-world.ts";
import { attacksOn } from "../attacks/matrix.ts";
import { pairsOf } from "../attacks/pairs.ts";
import { routineAttacks } from "../attacks/routines.ts";
import { auditCatalogue } from "../catalogue/audit-catalogue.ts";
import { readCatalogue } from "../catalogue/read-catalogue.ts";
import { Lane } from "../database/lane.ts";
import { cloneTemplate } from "../testing/create-test-database.ts";
import { openSuperuser } from "../testing/seed.ts";
import type { TestServerAddress } from "../testing/test-server.ts";
import { attackInTransaction } from "./in-transaction.ts";
import { keyMutants } from "./key-mutants.ts";
import type { GeneratedMutant } from "./mutant.ts";
import { policyMutants } from "./policy-mutants.ts";
import { roleMutants } from "./role-mutants.ts";
import { DEFINITIONS, routineMutants } from "./routine-mutants.ts";
import { tableMutants } from "./table-mutants.ts";

/** What became of one mutant. */
export interface Verdict {
  mutant: GeneratedMutant;
  /** The first rule that the catalogue test names. */
  byAudit: string | undefined;
  byAttack: string | undefined;
  /** Why PostgreSQL refused to make it. */
  refused: string | undefined;
}

export interface Trial {
  /** Which of all mutants are tried. */
  pick(mutant: GeneratedMutant, place: number): boolean;
  /** Whether also those are attacked that the catalogue test names. */
  isAttackedAnyway: boolean;
  hear(verdict: Verdict): void;
}

/**
 * Makes mutants of all that the live catalogue offers, one at a time in a transaction that is undone, on a server that
 * no one else uses; gives each to the catalogue test and to the attack matrix.
 */
export async function tryMutants(address: TestServerAddress, trial: Trial): Promise<void> {
  await using database = await cloneTemplate(address);
  await using empty = await cloneTemplate(address);
  const superuser = openSuperuser(database.superuserUrl);
  const [lane, emptyLane] = [laneTo(database.superuserUrl), laneTo(empty.superuserUrl)];
  try {
    const world = await makeAttackWorld(superuser, 3, { isShared: false });
    const [pair] = pairsOf(world);
    if (pair === undefined) throw new Error("There are no two organizations");
    const picked = (await generateMutants((text) => superuser.unsafe(text))).filter(trial.pick);
    const attacked = [...new Set(picked.flatMap((mutant) => mutant.attacked))];
    await requireNothingFound(lane, attacked, { pair, world, trial });
    for (const mutant of picked) {
      const verdict = await tryOne(lane, mutant, { pair, world, trial });
      // Rows that are there forbid some keys; without rows there is nothing to attack.
      trial.hear(
        verdict.refused === undefined
          ? verdict
          : await tryOne(emptyLane, { ...mutant, attacked: [] }, { pair, world, trial }),
      );
    }
  } finally {
    await lane.drop();
    await emptyLane.drop();
    await superuser.end();
  }
}

interface Setting {
  pair: Pair;
  world: AttackWorld;
  trial: Trial;
}

/** Both must be content with the database as it is; what they find of a mutant would mean nothing otherwise. */
async function requireNothingFound(lane: Lane, attacked: readonly string[], setting: Setting): Promise<void> {
  const none = { kind: "none", object: "", sql: "select", attacked };
  const { byAudit, byAttack, refused } = await tryOne(lane, none, setting);
  const found = byAudit ?? byAttack ?? refused;
  if (found !== undefined) throw new Error(`Without a mutant: ${found}`);
}

function laneTo(url: string): Lane {
  return new Lane({ url, applicationName: "mutants", connectTimeoutMs: 10_000, preparedTexts: 0 });
}

async function generateMutants(
  run: (text: string) => Promise<readonly unknown[]>,
): Promise<GeneratedMutant[]> {
  const catalogue = await readCatalogue(run);
  const definitions = new Map(
    (await run(DEFINITIONS)).map((row) => {
      const { signature, definition } = Object(row);
      return [String(signature), String(definition)];
    }),
  );
  return [
    ...policyMutants(catalogue),
    ...tableMutants(catalogue),
    ...keyMutants(catalogue),
    ...routineMutants(catalogue, definitions),
    ...roleMutants(catalogue),
  ];
}

async function tryOne(
  lane: Lane,
  mutant: GeneratedMutant,
  { pair, world, trial }: Setting,
): Promise<Verdict> {
  await lane.control("BEGIN");
  try {
    await lane.control(mutant.sql);
    const found = await auditCatalogue(async (text) => (await lane.send(text, [], "objects")).rows);
    const byAudit = found[0]?.rule;
    const isAttacked = trial.isAttackedAnyway || byAudit === undefined;
    const attacks = isAttacked ? attacksFor(mutant, pair, world) : [];
    const byAttack = await attackInTransaction(lane, attacks, pair, world);
    return { mutant, byAudit, byAttack, refused: undefined };
  } catch (error) {
    return { mutant, byAudit: undefined, byAttack: undefined, refused: String(error) };
  } finally {
    await lane.control("ROLLBACK");
  }
}

function attacksFor({ attacked }: GeneratedMutant, pair: Pair, world: AttackWorld): Attack[] {
  const tables = world.tables.filter(({ name }) => attacked.includes(name));
  const calls = routineAttacks(world, pair).filter(({ steps }) =>
    attacked.some((name) => steps.some(({ text }) => text.includes(`${name.replace(/^\w+\./, ".")}(`))),
  );
  return [...tables.flatMap((table) => attacksOn(table, pair, world)), ...calls];
}
