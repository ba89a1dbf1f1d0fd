import type { Display } from "@vitrine/harness/glass";
import type { Running } from "@vitrine/harness/processes";
import { startKiosk } from "@vitrine/harness/vitrine";
import * as z from "zod";
import { listKioskProcesses, signalAll } from "./kiosk-processes.ts";

/** One life of the engine's process: what its stage confirmed, in order. */
export interface KioskLife {
  bootId: string | undefined;
  shownAssetIds: string[];
  isOver: boolean;
}

/** A kiosk under a supervisor that starts it again at once when it dies, as a service manager does. */
export interface SupervisedKiosk extends AsyncDisposable {
  readonly dataDir: string;
  readonly current: Running;
  lives(): KioskLife[];
  /** The ETag of the manifest that the engine said last that it plays. */
  findActiveEtag(): string | undefined;
  /** Kills the engine's process; the supervisor starts the next one. */
  killEngine(): Promise<void>;
  /** Kills everything at once, as a loss of power does; the supervisor starts the next one. */
  killAll(): Promise<void>;
  /** Stops it in order and starts it with this added to its environment. */
  restart(env: Record<string, string>): Promise<void>;
}

export interface SupervisedKioskOptions {
  server: string;
  dataDir: string;
  display: Display;
  prefix: readonly string[];
  env: Record<string, string>;
}

const activeLine = /"event":"manifest_active","etag":"([^"]+)"/g;
const line = z.discriminatedUnion("event", [
  z.object({ event: z.literal("boot"), bootId: z.string() }),
  z.object({ event: z.literal("shown"), assetId: z.string() }),
]);

/** Starts the kiosk, full-screen, and keeps it running until disposed. */
export function superviseKiosk(options: SupervisedKioskOptions): SupervisedKiosk {
  const { server, dataDir, display, prefix } = options;
  const runs: { running: Running; isOver: boolean }[] = [];
  let env: Record<string, string> = {};
  let isWanted = true;

  let activeEtag: string | undefined;
  let read = { running: undefined as Running | undefined, characters: 0 };

  const start = (): Running => {
    const running = startKiosk({
      server,
      dataDir,
      display: display.name,
      window: undefined,
      prefix,
      env: { ...options.env, ...env },
    });
    const run = { running, isOver: false };
    runs.push(run);
    void running.exited.then(() => {
      run.isOver = true;
      if (isWanted) start();
    });
    return running;
  };
  const stop = async () => {
    isWanted = false;
    await getCurrent()[Symbol.asyncDispose]();
  };
  const getCurrent = (): Running => {
    const last = runs.at(-1);
    if (!last) throw new Error("The kiosk was never started");
    return last.running;
  };
  start();

  return {
    dataDir,
    get current() {
      return getCurrent();
    },
    lives: () => runs.map(({ running, isOver }) => readLife(running.output(), isOver)),
    findActiveEtag() {
      const running = getCurrent();
      if (read.running !== running) read = { running, characters: 0 };
      const news = running.output().slice(read.characters);
      read.characters += news.lastIndexOf("\n") + 1;
      for (const [, etag] of news.matchAll(activeLine)) activeEtag = etag;
      return activeEtag;
    },
    async killEngine() {
      await getCurrent().end("SIGKILL");
    },
    async killAll() {
      const dying = getCurrent();
      signalAll([dying.pid, ...listKioskProcesses(dataDir).map(({ pid }) => pid)], "SIGKILL");
      await dying.exited;
    },
    async restart(next) {
      await stop();
      env = next;
      isWanted = true;
      start();
    },
    [Symbol.asyncDispose]: stop,
  };
}

function readLife(output: string, isOver: boolean): KioskLife {
  const life: KioskLife = { bootId: undefined, shownAssetIds: [], isOver };
  for (const text of output.split("\n")) {
    if (!text.includes('"event":"shown"') && !text.includes('"event":"boot"')) continue;
    if (!text.endsWith("}")) continue;
    const said = line.parse(JSON.parse(text));
    if (said.event === "boot") life.bootId = said.bootId;
    else life.shownAssetIds.push(said.assetId);
  }
  return life;
}
