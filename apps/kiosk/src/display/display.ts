import type { DisplayReport } from "@vitrine/core/model/device-health";
import * as z from "zod";
import { type Clock, createDeadline, sleep } from "../engine/platform/clock.ts";
import { type FileStore, replaceFile } from "../engine/platform/file-store.ts";
import { describe, type Log } from "../engine/platform/log.ts";
import type { Display } from "../shared/machine.ts";
import type { DisplayBackend, Sight } from "./backend.ts";
import { createCecBackend } from "./cec.ts";
import type { RunTool } from "./run-tool.ts";
import { createWaylandBackend } from "./wayland.ts";
import { createX11Backend } from "./x11.ts";

export interface DisplayDeps {
  /** The data folder; what the display shall be is kept in `display.json`. */
  files: FileStore;
  clock: Clock;
  log: Log;
  run: RunTool;
  /** `DISPLAY` and `WAYLAND_DISPLAY` are read. */
  env: Readonly<Record<string, string | undefined>>;
}

const PATH = "display.json";
const kept = z.object({ desired: z.enum(["on", "off"]) });
type Desired = "on" | "off";

const LOOK_EVERY_MS = 30_000;
const ASSERT_EVERY_MS = 600_000;
/** Televisions take their time. */
const OBEY_WITHIN_MS = 20_000;
const LOOK_AGAIN_MS = 500;

const NO_TOOL =
  "Nothing here can switch the display: install wlr-randr (Wayland), x11-xserver-utils (X11) or v4l-utils (CEC)";

const NO_BACKEND: DisplayBackend = {
  kind: "none",
  look: async () => ({ output: null, observed: "unknown" }),
  setPower: async () => undefined,
};

/**
 * The display of this machine: a television that answers by CEC, else what the compositor or the X server has, else
 * nothing that could be switched. Looked at every 30 s; told again what it shall be every 10 min and when it was
 * plugged in. Rotation is not done here: the stage turns its picture itself, which works with every back-end.
 */
export function createDisplay({ files, clock, log, run, env }: DisplayDeps): Display {
  const stop = new AbortController();
  let backend = NO_BACKEND;
  let desired: Desired = "on";
  let sight: Sight = { output: null, observed: "unknown" };
  let problem: string | null = null;
  let onChange: () => void = () => undefined;
  let told = "";
  let lastAssertedMs = Number.NEGATIVE_INFINITY;
  let timer: Disposable | undefined;

  const report = (): DisplayReport => ({ backend: backend.kind, ...sight, desired, problem });

  const tell = () => {
    const now = JSON.stringify(report());
    if (now === told) return;
    told = now;
    log.info("display", report());
    onChange();
  };

  /** Looks and says so; a back-end that fails is one that sees nothing. */
  const look = async (signal: AbortSignal): Promise<void> => {
    try {
      sight = await backend.look(signal);
      problem = problemOf(backend, sight, desired);
    } catch (error) {
      signal.throwIfAborted();
      sight = { ...sight, observed: "unknown" };
      problem = describe(error).slice(0, 300);
    }
  };

  /** Orders, and looks until it is so. */
  const assert = async (signal: AbortSignal): Promise<void> => {
    lastAssertedMs = clock.monotonicMs();
    try {
      await backend.setPower(desired, signal);
    } catch (error) {
      signal.throwIfAborted();
      problem = describe(error).slice(0, 300);
      return;
    }
    const untilMs = clock.monotonicMs() + OBEY_WITHIN_MS;
    for (;;) {
      await look(signal);
      const isDone = sight.observed === desired || sight.output === null || problem === null;
      if (isDone || clock.monotonicMs() >= untilMs) return;
      await sleep(clock, LOOK_AGAIN_MS, signal);
    }
  };

  /** One thing at a time: two orders at once would be obeyed in any order. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const keepUp = () => {
    timer = clock.after(LOOK_EVERY_MS, () => {
      inTurn(async () => {
        const before = sight.output;
        if (backend === NO_BACKEND) backend = await findBackend(run, env, stop.signal);
        await look(stop.signal);
        const isPluggedIn = sight.output !== null && sight.output !== before;
        const isDue = clock.monotonicMs() - lastAssertedMs >= ASSERT_EVERY_MS;
        if ((isPluggedIn || isDue) && sight.observed !== desired) await assert(stop.signal);
        tell();
      })
        .catch((error: unknown) => {
          if (!stop.signal.aborted) log.warn("display_failed", { reason: describe(error) });
        })
        .finally(() => {
          if (!stop.signal.aborted) keepUp();
        });
    });
  };

  return {
    start: (listener, signal) =>
      inTurn(async () => {
        onChange = listener;
        desired = await readDesired(files);
        using limit = createDeadline(clock, AbortSignal.any([signal, stop.signal]), OBEY_WITHIN_MS * 2);
        backend = await findBackend(run, env, limit.signal);
        await look(limit.signal);
        if (sight.output !== null) await assert(limit.signal);
        tell();
        keepUp();
      }),
    report,
    setPower: (wanted, signal) =>
      inTurn(async () => {
        desired = wanted;
        await replaceFile(files, PATH, Buffer.from(JSON.stringify({ desired })));
        await assert(AbortSignal.any([signal, stop.signal]));
        tell();
        if (problem !== null) throw new Error(problem);
      }),
    async [Symbol.asyncDispose]() {
      stop.abort(new Error("The display is let go"));
      timer?.[Symbol.dispose]();
      await turn;
    },
  };
}

/** The first of the ways that sees a display; a way that is there but sees none is better than none. */
async function findBackend(
  run: RunTool,
  env: DisplayDeps["env"],
  signal: AbortSignal,
): Promise<DisplayBackend> {
  const candidates = [
    createCecBackend(run),
    ...(env.WAYLAND_DISPLAY ? [createWaylandBackend(run)] : []),
    ...(env.DISPLAY ? [createX11Backend(run)] : []),
  ];
  let fallback = NO_BACKEND;
  for (const backend of candidates) {
    try {
      const { output } = await backend.look(signal);
      if (output !== null) return backend;
      if (backend.kind !== "cec" && fallback === NO_BACKEND) fallback = backend;
    } catch {
      signal.throwIfAborted();
    }
  }
  return fallback;
}

function problemOf(backend: DisplayBackend, { output, observed }: Sight, desired: Desired): string | null {
  if (backend.kind === "none") {
    return desired === "on" ? null : NO_TOOL;
  }
  if (output === null) return "No display is connected";
  if (observed === "unknown" || observed === desired) return null;
  return `The display was told to be ${desired} and is ${observed}`;
}

async function readDesired(files: FileStore): Promise<Desired> {
  const bytes = await files.find(PATH);
  if (bytes === undefined) return "on";
  try {
    return kept.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))).desired;
  } catch {
    return "on";
  }
}
