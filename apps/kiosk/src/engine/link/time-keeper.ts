import * as z from "zod";
import { jsonFile } from "../identity/credential.ts";
import type { Clock } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import type { FileStore } from "../platform/file-store.ts";
import { describe, type Log } from "../platform/log.ts";
import { createServerClock, type ServerClock } from "./server-clock.ts";

/** The server's time, remembered over restarts and watched for jumps of the machine's clock. */
export interface TimeKeeper extends Disposable {
  readonly serverClock: ServerClock;
  /**
   * Looks once a second; `onMoved` hears when the machine's clock jumped, or moved against the server's, and by how
   * much. A machine's clock that is far off is a fault.
   */
  start(onMoved: (byMs: number) => void): void;
  /** Writes down what is known of the time, once a server has told it. Never rejects. */
  remember(): Promise<void>;
}

const rememberedTime = z.strictObject({ offsetMs: z.number(), lastMs: z.number() });
const LOOK_EVERY_MS = 1000;
const REMEMBER_EVERY_MS = 60_000;
const MOVED_MS = 20;
/** A machine's clock that is further off than this is worth a word. */
const WRONG_MS = 5 * 60_000;

/** The keeper of one data folder's time. */
export async function createTimeKeeper({
  clock,
  files,
  log,
  faults,
}: {
  clock: Clock;
  files: FileStore;
  log: Log;
  faults: Faults;
}): Promise<TimeKeeper> {
  const file = jsonFile(files, "clock.json", rememberedTime);
  const serverClock = createServerClock(clock, await file.find());
  let toldOffsetMs = serverClock.offsetMs();
  /** The machine's clock against the monotonic one, which never jumps. */
  const machineMs = () => clock.wallMs() - clock.monotonicMs();
  let toldMachineMs = machineMs();
  let rememberedAtMs = clock.monotonicMs();
  let timer: Disposable | undefined;

  const judge = () => {
    const offMs = serverClock.offsetMs();
    if (Math.abs(offMs) <= WRONG_MS) return faults.clear("clock_wrong");
    const says = `The machine's clock is ${lengthOf(Math.abs(offMs))} ${offMs > 0 ? "behind" : "ahead"}`;
    if (serverClock.isTrusted())
      return faults.raise("clock_wrong", `${says}; the screen keeps the server's time`);
    faults.raise("clock_wrong", `${says}; the screen goes on from the last time it knew`);
  };

  const remember = async () => {
    rememberedAtMs = clock.monotonicMs();
    if (!serverClock.isTrusted()) return;
    const time = { offsetMs: serverClock.offsetMs(), lastMs: serverClock.nowMs() };
    await file.save(time).catch((error: unknown) => log.warn("time_not_saved", { reason: describe(error) }));
  };

  return {
    serverClock,
    remember,
    start(onMoved) {
      const look = () => {
        const offsetMs = serverClock.offsetMs();
        const movedMs = toldOffsetMs - offsetMs;
        // Until a server confirmed the time, it goes with the machine's clock, and jumps with it.
        const byMs = Math.abs(movedMs) > MOVED_MS ? movedMs : machineMs() - toldMachineMs;
        if (Math.abs(byMs) > MOVED_MS) {
          log.info("clock_moved", { byMs, fromMs: toldOffsetMs, toMs: offsetMs });
          toldOffsetMs = offsetMs;
          toldMachineMs = machineMs();
          onMoved(byMs);
        }
        judge();
        if (clock.monotonicMs() - rememberedAtMs > REMEMBER_EVERY_MS) void remember();
        timer = clock.after(LOOK_EVERY_MS, look);
      };
      look();
    },
    [Symbol.dispose]: () => timer?.[Symbol.dispose](),
  };
}

function lengthOf(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
