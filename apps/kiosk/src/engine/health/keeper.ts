import type { Power } from "../../shared/machine.ts";
import type { Clock } from "../platform/clock.ts";

export interface KeeperDeps {
  clock: Clock;
  power: Pick<Power, "feed">;
  /** Whether what the engine has to do gets done. */
  isAlive(): boolean;
}

const EVERY_MS = 5000;

/** Tells whoever keeps the process that the engine lives: from its own timer, which a stalled loop does not run. */
export function keepFed({ clock, power, isAlive }: KeeperDeps): Disposable {
  let timer: Disposable;
  const feed = () => {
    if (isAlive()) power.feed();
    timer = clock.after(EVERY_MS, feed);
  };
  feed();
  return { [Symbol.dispose]: () => timer[Symbol.dispose]() };
}
