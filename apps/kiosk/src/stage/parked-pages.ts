import type { WebPane } from "./panes/web-pane.ts";

/** Web pages that stay alive off the glass, in all zones together: each is a process of its own. */
const MOST_PAGES = 4;
/** A page that was not wanted for this long is let go. */
const IDLE_MS = 10 * 60_000;

/** The web pages that live on while they are not shown, so that they need not be loaded each time. */
export class ParkedPages {
  readonly #pages = new Map<WebPane, { sinceMs: number; discard: () => void }>();

  /** Keeps a page alive; the one that was not wanted for longest is let go for it where there are too many. */
  add(pane: WebPane, discard: () => void): void {
    this.#pages.set(pane, { sinceMs: performance.now(), discard });
    for (const [oldest] of this.#pages) {
      if (this.#pages.size <= MOST_PAGES) return;
      this.#drop(oldest);
    }
  }

  /** It is wanted again, or gone. */
  remove(pane: WebPane): void {
    this.#pages.delete(pane);
  }

  /** Called once a second: pages are reloaded at their own intervals, and let go when nobody wants them. */
  keepUp(): void {
    const nowMs = performance.now();
    for (const [pane, { sinceMs }] of this.#pages) {
      if (nowMs - sinceMs > IDLE_MS) this.#drop(pane);
      else pane.keepUp();
    }
  }

  #drop(pane: WebPane): void {
    const page = this.#pages.get(pane);
    this.#pages.delete(pane);
    page?.discard();
  }
}
