import type { FrameMeter } from "./frames.ts";
import type { PanePool } from "./pane-pool.ts";
import { type AnyPane, place } from "./panes/any-pane.ts";

/** A pane that was replaced, and the fade in which the one above it comes; without one, that is there already. */
interface Leaving {
  pane: AnyPane;
  fade: Animation | undefined;
}

/** A fade that is cut short by another one goes on under it; of what lies deeper nothing is seen. */
const MOST_LEAVING = 2;

/** The panes that have been replaced, for as long as they are still seen: one frame after a cut, or the length of a fade. */
export class LeavingPanes {
  readonly #pool: PanePool;
  readonly #meter: FrameMeter;
  /** The lowest first. */
  #leaving: Leaving[] = [];

  constructor(pool: PanePool, meter: FrameMeter) {
    this.#pool = pool;
    this.#meter = meter;
  }

  has(kind: AnyPane["kind"]): boolean {
    return this.#leaving.some(({ pane }) => pane.kind === kind);
  }

  /** Lets `old` leave under `entering`, which fades in over `fadeMs` or, without it, is there at once. */
  begin(old: AnyPane, entering: AnyPane, fadeMs: number | undefined): void {
    if (fadeMs === undefined) this.finish();
    else this.#release(this.#leaving.length - MOST_LEAVING + 1);
    for (const { pane } of this.#leaving) place(pane, "under");
    place(old, "leaving");
    const leaving: Leaving = { pane: old, fade: undefined };
    this.#leaving.push(leaving);
    if (fadeMs === undefined) return;

    this.#meter.watchFor(fadeMs + 100);
    const fade = entering.element.animate({ opacity: [0, 1] }, { duration: fadeMs, easing: "linear" });
    leaving.fade = fade;
    fade.finished
      .then(() => this.#release(this.#leaving.indexOf(leaving) + 1))
      // Cancelled by the next change, which has cleaned up itself.
      .catch(() => undefined);
  }

  /** To be called once the frame of the change has been painted: ends a cut, not a fade. */
  finishCut(): void {
    if (this.#leaving.at(-1)?.fade === undefined) this.finish();
  }

  /** Takes them off the glass now. */
  finish(): void {
    this.#release(this.#leaving.length);
  }

  /** Takes off so many of them, from the lowest up. */
  #release(count: number): void {
    for (const { pane, fade } of this.#leaving.splice(0, Math.max(0, count))) {
      fade?.cancel();
      this.#pool.release(pane);
    }
  }
}
