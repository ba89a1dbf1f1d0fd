import { cloneTemplate } from "../testing/create-test-database.ts";
import { openSuperuser } from "../testing/seed.ts";
import type { TestServerAddress } from "../testing/test-server.ts";
import { makeAttackWorld } from "./attack-world.ts";
import { type Context, LOOP_CONTEXTS, runRound } from "./matrix.ts";
import { pairsOf } from "./pairs.ts";
import type { Tally } from "./tally.ts";

export interface MatrixSize {
  organizations: number;
  /** In each of which one pair is tried, one attack at a time: it may commit, and what it sees is searched for traces. */
  contexts: readonly Context[];
  /** How many there must be in all: loops on the server, of all pairs in turn, make those missing, and count rows. */
  operations: number;
  lanes: number;
}

/** Pairs of one round of loops at most: each round plans all texts anew, and compares all rows after it. */
const PAIRS_A_ROUND = 36;

/** Runs the matrix in a database of its own over all tables, and counts into the tally. */
export async function runMatrix(address: TestServerAddress, size: MatrixSize, tally: Tally): Promise<void> {
  await using database = await cloneTemplate(address);
  const superuser = openSuperuser(database.superuserUrl);
  try {
    const world = await makeAttackWorld(superuser, size.organizations, { isShared: true });
    const urls = { app: database.urls.vitrine_app, auth: database.urls.vitrine_auth };
    const options = { urls, superuser, world, lanes: size.lanes };
    const pairs = pairsOf(world);
    await runRound({ ...options, contexts: size.contexts }, pairs.slice(0, 1), tally);
    // The first round is of one pair, which tells how many operations a pair makes.
    let perPair = size.operations;
    for (let place = 0; tally.total.operations < size.operations; ) {
      const before = tally.total.operations;
      const wanted = Math.min(PAIRS_A_ROUND, Math.ceil((size.operations - before) / perPair));
      const round = pairs.slice(place, place + wanted);
      await runRound({ ...options, contexts: LOOP_CONTEXTS }, round, tally);
      if (tally.total.operations === before) throw new Error("Loops add no operations");
      perPair = (tally.total.operations - before) / round.length;
      place = (place + round.length) % pairs.length;
    }
  } finally {
    await superuser.end();
  }
}
