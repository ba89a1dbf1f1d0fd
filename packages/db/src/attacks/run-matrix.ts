import { cloneTemplate } from "../testing/create-test-database.ts";
import { openSuperuser } from "../testing/seed.ts";
import type { TestServerAddress } from "../testing/test-server.ts";
import { makeAttackWorld } from "./attack-world.ts";
import { type Context, LOOP_CONTEXTS, runRound } from "./matrix.ts";
import { pairsOf } from "./pairs.ts";
import type { Tally } from "./tally.ts";

export interface MatrixSize {
  organizations: number;
  /** How many pairs of organizations are tried in each of `contexts`, one attack at a time. */
  pairs: number;
  contexts: readonly Context[];
  /** How many operations there must be in all; those missing are made by loops on the server. */
  operations: number;
  lanes: number;
}

/** Runs the matrix in a database of its own over all tables, and counts into the tally. */
export async function runMatrix(address: TestServerAddress, size: MatrixSize, tally: Tally): Promise<void> {
  await using database = await cloneTemplate(address);
  const superuser = openSuperuser(database.superuserUrl);
  try {
    const world = await makeAttackWorld(superuser, size.organizations, { isShared: true });
    const urls = { app: database.urls.vitrine_app, auth: database.urls.vitrine_auth };
    const options = { urls, superuser, world, lanes: size.lanes };
    const pairs = pairsOf(world);
    const step = Math.ceil(pairs.length / size.pairs);
    for (const pair of pairs.filter((_, place) => place % step === 0)) {
      await runRound({ ...options, contexts: size.contexts }, [pair], tally);
    }
    while (tally.total.operations < size.operations) {
      const before = tally.total.operations;
      for (let place = 0; place < pairs.length && tally.total.operations < size.operations; place += 12) {
        await runRound({ ...options, contexts: LOOP_CONTEXTS }, pairs.slice(place, place + 12), tally);
      }
      if (tally.total.operations === before) throw new Error("Loops add no operations");
    }
  } finally {
    await superuser.end();
  }
}
