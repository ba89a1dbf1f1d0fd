import type { FrameMeter } from "./frames.ts";
import type { PanePool } from "./pane-pool.ts";
import { type AnyPane, place } from "./panes/any-pane.ts";

/** The pane that has been replaced, for as long as it is still seen: one frame after a cut, or the length of a fade. */
export class LeavingPane {
  readonly #pool: PanePool;
  readonly #meter: FrameMeter;
  #leaving: { pane: AnyPane; fade: Animation | undefined } | undefined;

  constructor(pool: PanePool, meter: FrameMeter) {
    this.#pool = pool;
    this.#meter = meter;
  }

  get kind(): AnyPane["kind"] | undefined {
    return this.#leaving?.pane.kind;
  }

  /** Lets `old` leave under `entering`, which fades in over `fadeMs` or, without it, is there at once. */
  begin(old: AnyPane, entering: AnyPane, fadeMs: number | undefined): void {
    this.finish();
    place(old, "leaving");
    if (fadeMs === undefined) {
      this.#leaving = { pane: old, fade: undefined };
      return;
    }
    this.#meter.watchFor(fadeMs + 100);
    const fade = entering.element.animate({ opacity: [0, 1] }, { duration: fadeMs, easing: "linear" });
    const leaving = { pane: old, fade };
    this.#leaving = leaving;
    fade.finished
      .then(() => this.#leaving === leaving && this.finish())
      // Cancelled by the next change, which has cleaned up itself.
      .catch(() => undefined);
  }

  /** To be called once the frame of the change has been painted: ends a cut, not a fade. */
  finishCut(): void {
    if (this.#leaving?.fade === undefined) this.finish();
  }

  /** Takes it off the glass now. */
  finish(): void {
    const leaving = this.#leaving;
    this.#leaving = undefined;
    if (leaving === undefined) return;
    leaving.fade?.cancel();
    this.#pool.release(leaving.pane);
  }
}
