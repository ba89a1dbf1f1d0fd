import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Display, startDisplay } from "@vitrine/harness/glass";
import { watchGlass } from "@vitrine/harness/glass-watcher";
import type { FromStage, StageSlot } from "../../shared/messages.ts";
import type { MediaSource, Shell } from "../../shared/shell.ts";
import { createChromiumShell } from "../../shells/chromium/chromium-shell.ts";
import { makeMediaFolder } from "../media-folder.ts";
import { plan } from "../plans.ts";
import { STAGE_FOLDER } from "../stage-page.ts";
import { readMemory, type SoakMemory } from "./browser-memory.ts";
import { createSlotMaker, type MakeSlot, servePage } from "./soak-content.ts";
import { createTally, type SoakTally, type Tally } from "./soak-tally.ts";

/** What so many changes did to the stage and its browser, after the warm-up. */
export interface StageSoak extends Tally {
  memory: SoakMemory;
  seconds: number;
  /** Looks at the glass, and those of them that found it black. */
  looks: number;
  blackLooks: number;
}

export interface StageSoakOptions {
  changes: number;
  /** How long a picture lasts. */
  pictureMs: number;
  /** How often its memory is looked at, four times a second, each time that it is read. */
  memoryLooks: number;
  /** Told about every ten seconds. */
  onProgress?(changes: number): void;
}

/** A minute of this. */
const EARLY = 500;
/** Twelve minutes: by then the browser has started the last of its processes, and has the 5,000 requests that it keeps. */
const WARM_UP = 6000;
const LOOK_EVERY_MS = 20;
const TELL_EVERY_MS = 1000;
const AHEAD_MS = 6000;
const MOST_SLOTS = 95;
const PROGRESS_MS = 10_000;
/** No change for this long: something is broken, and the run ends. */
const STUCK_MS = 60_000;

/**
 * Plays pictures, videos, fades and a web page in the real shell as fast as told, as the engine would tell them,
 * until so many changes have been painted, and measures what that leaves behind.
 */
export async function runStageSoak({
  changes,
  pictureMs,
  memoryLooks,
  onProgress,
}: StageSoakOptions): Promise<StageSoak> {
  await using stack = new AsyncDisposableStack();
  const display = stack.use(await startDisplay());
  const folder = stack.use(await makeMediaFolder());
  const page = stack.use(await servePage());
  const makeSlot = await createSlotMaker(folder, page.url, pictureMs);
  const tally = createTally();
  const broken = Promise.withResolvers<never>();
  const shell = stack.use(
    await openShell({ display, folder, stack, onMessage: tally.take, onBroken: broken.reject }),
  );
  const looks = stack.use(countLooks(display));

  let changedAtMs = Date.now();
  let progressAtMs = Date.now();
  const until = async (isDone: () => boolean) => {
    for (let known = tally.read().changes; !isDone(); ) {
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 100)), broken.promise]);
      looks.add();
      const nowMs = Date.now();
      if (tally.read().changes !== known) changedAtMs = nowMs;
      known = tally.read().changes;
      if (nowMs - changedAtMs > STUCK_MS) throw new Error(`The glass has stood still for ${STUCK_MS} ms`);
      if (nowMs - progressAtMs < PROGRESS_MS) continue;
      progressAtMs = nowMs;
      onProgress?.(known);
    }
  };
  const read = () => readMemory(process.pid, { engine: false, looks: memoryLooks });

  await until(tally.isReady);
  const teller = keepTelling(shell, makeSlot, tally);
  stack.defer(() => clearInterval(teller));
  await until(() => tally.read().changes >= Math.min(EARLY, changes / 4));
  const early = await read();
  await until(() => tally.read().changes >= Math.min(WARM_UP, changes / 2));
  const startedAtMs = Date.now();
  tally.reset();
  looks.reset();
  const start = await read();
  await until(() => tally.read().changes >= changes / 2);
  const middle = await read();
  await until(() => tally.read().changes >= changes);
  const seconds = (Date.now() - startedAtMs) / 1000;
  const end = await read();
  looks.add();
  return { ...tally.read(), ...looks.read(), memory: { early, start, middle, end }, seconds };
}

interface ShellNeeds {
  display: Display;
  folder: MediaSource;
  stack: AsyncDisposableStack;
  onMessage(message: FromStage): void;
  onBroken(error: Error): void;
}

async function openShell({ display, folder, stack, onMessage, onBroken }: ShellNeeds): Promise<Shell> {
  const dataFolder = await mkdtemp(join(tmpdir(), "vitrine-soak-"));
  stack.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const shell = createChromiumShell({
    stageFolder: STAGE_FOLDER,
    env: { ...process.env, DISPLAY: display.name },
    isRoot: process.getuid?.() === 0,
  });
  shell.setPrivateHosts(["localhost"]);
  const window = { kind: "window", widthPixels: display.width, heightPixels: display.height } as const;
  const events = {
    onMessage,
    onCrash: ({ kind, text }: { kind: string; text: string }) => onBroken(new Error(`${kind}: ${text}`)),
    onClosed: () => onBroken(new Error("The window was closed")),
  };
  await shell.open({ media: folder, window, dataFolder }, events, AbortSignal.timeout(60_000));
  return shell;
}

/** Tells the slots of the next seconds once a second, as an engine does. */
function keepTelling(shell: Shell, makeSlot: MakeSlot, tally: SoakTally): ReturnType<typeof setInterval> {
  const slots: StageSlot[] = [];
  let index = 0;
  const tell = () => {
    const nowMs = Date.now();
    while (slots[0] !== undefined && slots[0].endsAtMs < nowMs) slots.shift();
    let endMs = slots.at(-1)?.endsAtMs ?? nowMs + 200;
    for (; endMs < nowMs + AHEAD_MS && slots.length < MOST_SLOTS; index += 1) {
      const slot = makeSlot(index, endMs);
      tally.name(slot);
      slots.push(slot);
      endMs = slot.endsAtMs;
    }
    shell.send(plan([...slots]));
  };
  tell();
  return setInterval(tell, TELL_EVERY_MS);
}

/** Looks at the glass fifty times a second, however long it takes. */
function countLooks(display: Display) {
  const watcher = watchGlass(display, {}, LOOK_EVERY_MS);
  let fromMs = 0;
  let looks = 0;
  let blackLooks = 0;
  const add = () => {
    for (const { atMs, seen } of watcher.between(fromMs, Number.POSITIVE_INFINITY)) {
      looks += 1;
      if (seen === "black") blackLooks += 1;
      fromMs = atMs + 0.001;
    }
  };
  return {
    add,
    reset() {
      add();
      looks = 0;
      blackLooks = 0;
    },
    read: () => ({ looks, blackLooks }),
    [Symbol.asyncDispose]: () => watcher[Symbol.asyncDispose](),
  };
}
