import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noDisplay, noPower, noUpdater } from "../../fleet/none-machine.ts";
import { createNoneShell } from "../../fleet/none-shell.ts";
import type { FromStage, ToStage } from "../../shared/messages.ts";
import type { Shell } from "../../shared/shell.ts";
import { createEngine, type Engine } from "../engine.ts";
import type { EngineDeps } from "../engine-deps.ts";
import { NO_VITALS } from "../health/machine-facts.ts";
import { type Life, NEWBORN } from "../life/machine.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import { openDiskFileStore } from "../platform/disk-file-store.ts";
import { createLog } from "../platform/log.ts";
import { systemNetwork } from "../platform/network.ts";
import { systemRandom } from "../platform/random.ts";
import { createTimelines } from "../playback/timelines.ts";

/** A real engine on a real folder, without a glass. */
export interface TestKiosk extends AsyncDisposable {
  readonly engine: Engine;
  readonly folder: string;
  readonly sent: ToStage[];
  readonly told: FromStage[];
  readonly logLines: string[];
  life(): Life;
  userCode(): string | undefined;
}

/** A folder under the system's own for temporary things; remove it by disposing. */
export async function makeFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "vitrine-kiosk-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Starts an engine on `folder` with the shell `none`. */
export async function startTestKiosk(
  serverUrl: string,
  folder: string,
  changes: Partial<EngineDeps> & { clock?: Clock } = {},
): Promise<TestKiosk> {
  const clock = changes.clock ?? systemClock;
  const logLines: string[] = [];
  const sent: ToStage[] = [];
  const told: FromStage[] = [];
  let life = NEWBORN;
  let userCode: string | undefined;
  const engine = await createEngine({
    clock,
    random: systemRandom,
    files: await openDiskFileStore(folder),
    network: systemNetwork,
    machine: {
      hardware: async () => ({ model: "Test board", os: "Test" }),
      bootId: async () => null,
      vitals: async () => NO_VITALS,
    },
    log: createLog(clock, [(line) => logLines.push(line)]),
    timelines: createTimelines(8),
    serverUrl,
    appVersion: "0.0.0",
    window: { kind: "fullscreen" },
    shellFolder: join(folder, "shell"),
    ...{ display: noDisplay, updater: noUpdater, power: noPower },
    ...{ allowedHosts: [], ownHosts: [] },
    readLog: async () => Buffer.from(logLines.join("")),
    volumePercent: 0,
    reserveBytes: 0,
    cacheLimitBytes: null,
    onLife(next, details) {
      life = next;
      userCode = details.userCode;
    },
    onClosed: () => {},
    ...changes,
    shell: listenIn(changes.shell ?? createNoneShell(clock), sent, told),
  });
  await engine.start();
  return {
    engine,
    folder,
    sent,
    told,
    logLines,
    life: () => life,
    userCode: () => userCode,
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

function listenIn(shell: Shell, sent: ToStage[], told: FromStage[]): Shell {
  return {
    ...shell,
    open: (options, events, signal) =>
      shell.open(
        options,
        {
          ...events,
          onMessage(message) {
            told.push(message);
            events.onMessage(message);
          },
        },
        signal,
      ),
    send(message) {
      sent.push(message);
      shell.send(message);
    },
  };
}
