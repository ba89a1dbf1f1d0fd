import { setTimeout as wait } from "node:timers/promises";
import { eventually } from "@vitrine/harness/processes";
import { expect, test } from "vitest";
import type { Fault } from "../../kiosk/src/testing/faults/fault.ts";
import { findProcesses, signalAll } from "../../kiosk/src/testing/faults/kiosk-processes.ts";
import { killEngine } from "../../kiosk/src/testing/faults/process-faults.ts";
import { startRig } from "../../kiosk/src/testing/faults/rig.ts";
import { runFault } from "../../kiosk/src/testing/faults/run-fault.ts";
import { flipByte } from "../../kiosk/src/testing/faults/storage-faults.ts";

const AWAY_MS = 2000;

/** What `npm run faults` does for long and one by one, for a short time and one upon the other. */
const EVERYTHING: Fault = {
  name: "everything",
  title: "server, shell, engine and all of the kiosk killed, a file damaged",
  isGlassNoWitness: true,
  async happen(rig) {
    const { kiosk, server } = rig;
    await server.kill();
    rig.unplayable.add("magenta");
    await flipByte(rig, "magenta");
    await wait(AWAY_MS);
    signalAll(findProcesses(kiosk.dataDir, "browser"), "SIGKILL");
    await wait(AWAY_MS);
    await killEngine(rig, 2, 7);
    const lives = kiosk.lives().length;
    await kiosk.killAll();
    await eventually("it plays again without a server", () => kiosk.lives()[lives]?.shownAssetIds[0]);
    await server.start();
    return "";
  },
};

test("a screen plays on when its server, its browser and it itself are killed: never black, no play lost or doubled", async () => {
  await using rig = await startRig({ isIsolated: false, extras: [] });
  const row = await runFault(rig, EVERYTHING);
  process.stdout.write(
    `survives: ${row.samples} samples, ${row.counted} plays, ${row.wrongs}; ${row.note}\n`,
  );
  expect(row).toMatchObject({ note: "", black: 0, lost: 0, doubled: 0, isGood: true });
  expect(row.counted).toBeGreaterThan(5);
});
