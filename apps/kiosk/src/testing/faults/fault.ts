import { setTimeout as wait } from "node:timers/promises";
import { eventually } from "@vitrine/harness/processes";
import type { ItemName } from "./content.ts";
import type { Rig } from "./rig.ts";

/** One fault. */
export interface Fault {
  name: string;
  title: string;
  /** What it cannot do without. */
  needs?: "isolation" | "false clock";
  /** What is seen may be no play: the last picture stays while the stage is gone, or times are false. */
  isGlassNoWitness?: boolean;
  isServerClockFalse?: boolean;
  /** Puts the rig in the state in which the fault can happen, unwatched. */
  prepare?(rig: Rig): Promise<void>;
  /** Makes it happen, waits, and mends what would be mended from outside. Gives what is worth knowing. */
  happen(rig: Rig): Promise<string>;
  /** Undoes `prepare`. */
  restore?(rig: Rig): Promise<void>;
}

/** Waits until the kiosk has switched to a manifest with the item in it, or without. */
export async function untilSwitched(
  { expectation, content }: Rig,
  name: ItemName,
  isThere: boolean,
  limitMs = 90_000,
): Promise<void> {
  await eventually(
    `the kiosk plays ${isThere ? "with" : "without"} ${name}`,
    () => {
      const has = expectation.current().assets.some(({ id }) => id === content.idOf(name));
      return has === isThere || undefined;
    },
    limitMs,
    100,
  );
}

/** Waits until an item has just come onto the glass by the playhead, and gives when the one after it comes. */
export async function untilBegins({ expectation, content }: Rig, name: ItemName): Promise<void> {
  for (let places = 1; places < 50; places += 1) {
    const next = expectation.next(Date.now(), places);
    if (content.nameOf(next.assetId) !== name) continue;
    await wait(next.atMs - Date.now());
    return;
  }
  throw new Error(`${name} is not in the loop`);
}
