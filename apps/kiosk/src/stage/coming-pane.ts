import type { StageSlot } from "../shared/messages.ts";
import type { PanePool } from "./pane-pool.ts";
import { PaneFailure } from "./panes/pane.ts";
import { preparePane } from "./prepare-pane.ts";
import { asPaneFailure, type Coming } from "./zone-content.ts";

/** Content that is not ready after this long will not become so. */
const PREPARE_TIMEOUT_MS = 20_000;

export interface ComingContext {
  pool: PanePool;
  /** Server time. */
  now(): number;
  onReady(content: StageSlot, tookMs: number): void;
  onFailed(content: StageSlot, failure: PaneFailure): void;
}

/** The one content of a zone that gets ready for its time. */
export class ComingPane {
  readonly #context: ComingContext;
  #coming: Coming | undefined;

  constructor(context: ComingContext) {
    this.#context = context;
  }

  get current(): Coming | undefined {
    return this.#coming;
  }

  /** Gets this ready instead of what was. */
  begin(content: StageSlot): void {
    this.drop();
    const { pool, now } = this.#context;
    const coming: Coming = {
      pane: pool.take(content.item),
      content,
      isReady: false,
      sinceMs: performance.now(),
      stop: new AbortController(),
    };
    this.#coming = coming;
    coming.pane.onBroken = (failure) => this.#fail(coming, failure);
    preparePane({
      pane: coming.pane,
      item: content.item,
      offsetMs: () => Math.max(0, now() - coming.content.startsAtMs),
      durationMs: content.endsAtMs - content.startsAtMs,
      timeoutMs: PREPARE_TIMEOUT_MS,
      signal: coming.stop.signal,
    }).then(
      () => this.#finish(coming),
      (error: unknown) => this.#fail(coming, asPaneFailure(error)),
    );
  }

  /** Hands over what is ready; undefined while it is not. */
  take(): Coming | undefined {
    const ready = this.#coming?.isReady ? this.#coming : undefined;
    if (ready !== undefined) this.#coming = undefined;
    return ready;
  }

  drop(): void {
    const coming = this.#coming;
    this.#coming = undefined;
    if (coming === undefined) return;
    coming.stop.abort(new PaneFailure("timeout", "No longer wanted"));
    this.#context.pool.release(coming.pane);
  }

  #finish(coming: Coming): void {
    if (this.#coming !== coming) return;
    coming.isReady = true;
    this.#context.onReady(coming.content, performance.now() - coming.sinceMs);
  }

  #fail(coming: Coming, failure: PaneFailure): void {
    if (this.#coming !== coming) return;
    this.drop();
    this.#context.onFailed(coming.content, failure);
  }
}
