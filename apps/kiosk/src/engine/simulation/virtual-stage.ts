import { createNoneShell } from "../../fleet/none-shell.ts";
import { actsOf, type FromStage, type PlanMessage, type ToStage } from "../../shared/messages.ts";
import type { Shell, ShellEvents } from "../../shared/shell.ts";
import { StageClock } from "../../stage/stage-clock.ts";
import { type Clock, sleep } from "../platform/clock.ts";

/** One thing that was on the glass, and the engine heard so. Times by the machine's monotonic clock. */
export interface Showing {
  zoneId: string;
  /** The hash of the file, or the address of the page. */
  content: string;
  /** When it came, as the stage told it in the server's time. */
  atMs: number;
  shownMs: number;
  /** What the server's clock said then. */
  serverMs: number;
  /** The screen's process that was told. */
  process: number;
}

/** A time in which nothing was on the glass though stage and engine were alive; `untilMs` is open while it lasts. */
export interface Blank {
  fromMs: number;
  untilMs: number;
}

type StageState = "closed" | "loading" | "alive" | "hung" | "dead";

/** The glass of one screen over all of its processes: shows what it is told, and can go wrong. */
export interface VirtualStage {
  readonly showings: Showing[];
  readonly blanks: Blank[];
  /** Content that cannot be decoded. */
  readonly undecodable: Set<string>;
  /** Content that could not be shown when it was wanted. */
  readonly failed: Set<string>;
  /** How many of the next loads fail. */
  failingLoads: number;
  /** What each zone shows. */
  glass(): ReadonlyMap<string, string>;
  state(): StageState;
  /** When the stage last came to life or died. */
  changedMs(): number;
  /** How often the stage was brought back, and how often it was told to say who it is. */
  counts(): { reloads: number; identifies: number };
  /** Server time as the stage knows it now. */
  serverNowMs(): number;
  /** A shell for a new process; the former one is gone. */
  openShell(process: number, clock: Clock): Shell;
  /** The process is gone, and the window with it. */
  close(): void;
  crash(kind: "stage" | "shell"): void;
  hang(): void;
}

const LOAD_MS = 300;

/** A glass without a window. `onShowing` hears of each showing before the engine does. */
export function createVirtualStage(
  machine: Clock,
  serverNowMs: () => number,
  onShowing: (showing: Showing) => void,
): VirtualStage {
  let current: { shell: Shell; events: ShellEvents | undefined; process: number; clock: Clock } | undefined;
  let state: StageState = "closed";
  let changedMs = 0;
  let reloads = 0;
  let identifies = 0;
  let serverClock = new StageClock(machine);
  const glass = new Map<string, string>();
  const contents = new Map<string, string>();

  const note = () => {
    const isBlank = state === "alive" && glass.size === 0;
    const last = self.blanks.at(-1);
    const isOpen = last?.untilMs === Number.POSITIVE_INFINITY;
    const nowMs = machine.monotonicMs();
    if (isBlank && !isOpen) self.blanks.push({ fromMs: nowMs, untilMs: Number.POSITIVE_INFINITY });
    if (!isBlank && isOpen) {
      if (last.fromMs === nowMs) self.blanks.pop();
      else last.untilMs = nowMs;
    }
  };
  const enter = (next: StageState) => {
    state = next;
    changedMs = machine.monotonicMs();
    if (next !== "hung") glass.clear();
    note();
  };

  const learn = (plan: PlanMessage) => {
    serverClock.sync(plan.clockOffsetMs);
    for (const { item, slotId } of actsOf(plan).flatMap((act) => act.zones.flatMap(({ slots }) => slots))) {
      if (item.kind !== "none")
        contents.set(slotId, "src" in item ? item.src.replace("media/", "") : item.url);
    }
    if (contents.size > 5000)
      for (const slotId of contents.keys()) if (contents.size > 2500) contents.delete(slotId);
  };

  const hear = (message: FromStage, process: number) => {
    if (process !== current?.process || (state !== "alive" && message.kind !== "ready")) return;
    if (message.kind === "ready") enter("alive");
    const content =
      message.kind === "shown" ? contents.get(message.standInSlotId ?? message.slotId) : undefined;
    if (message.kind === "shown") glass.set(message.zoneId, content ?? "");
    if (message.kind === "gone") glass.delete(message.zoneId);
    if (message.kind === "scene") glass.clear();
    note();
    if (message.kind === "shown" && content !== undefined) {
      const { zoneId, atMs } = message;
      const times = { atMs, shownMs: machine.monotonicMs(), serverMs: serverNowMs() };
      const showing = { zoneId, content, process, ...times };
      self.showings.push(showing);
      onShowing(showing);
    }
    current.events?.onMessage(message);
  };

  const self: VirtualStage = {
    showings: [],
    blanks: [],
    undecodable: new Set(),
    failed: new Set(),
    failingLoads: 0,
    glass: () => glass,
    state: () => state,
    changedMs: () => changedMs,
    counts: () => ({ reloads, identifies }),
    serverNowMs: () => serverClock.now(),
    openShell(process, clock) {
      const inner = createNoneShell(clock);
      const load = async (work: () => Promise<void>, signal: AbortSignal) => {
        reloads += 1;
        enter("loading");
        await sleep(clock, LOAD_MS, signal);
        self.failingLoads -= 1;
        if (self.failingLoads >= 0) throw new Error("The page could not be opened");
        await work();
      };
      const shell: Shell = {
        ...inner,
        open(options, events, signal) {
          if (current?.process === process) current.events = events;
          const findMedia = async (sha256: string) => {
            const found = self.undecodable.has(sha256) ? undefined : await options.media.findMedia(sha256);
            if (!found) self.failed.add(sha256);
            return found;
          };
          const listeners = { ...events, onMessage: (message: FromStage) => hear(message, process) };
          return inner.open({ ...options, media: { findMedia } }, listeners, signal);
        },
        send(message: ToStage) {
          if (state !== "alive") return;
          if (message.kind === "identify") identifies += 1;
          if (message.kind === "plan") learn(message);
          inner.send(message);
        },
        reloadStage: (signal) => load(() => inner.reloadStage(signal), signal),
        relaunch: (signal) => load(() => inner.relaunch(signal), signal),
        capture: async () => Buffer.from("a picture"),
      };
      current = { shell, events: undefined, process, clock };
      serverClock = new StageClock(machine);
      enter("loading");
      return shell;
    },
    close() {
      current = undefined;
      enter("closed");
    },
    crash(kind) {
      if (state === "closed" || state === "dead") return;
      enter("dead");
      current?.events?.onCrash({ kind, text: "It died" });
    },
    hang() {
      if (state === "alive") enter("hung");
    },
  };
  return self;
}
