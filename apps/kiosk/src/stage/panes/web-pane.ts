import { nextEvent, type Pane, PaneFailure, type PaneTask } from "./pane.ts";

const NO_FRAMES = { painted: 0, dropped: 0 };
const RELOAD_TIMEOUT_MS = 30_000;
/** What has loaded, or is drawn again after a rest, needs this long until its first picture has surely been painted. */
const SETTLE_MS = 250;
let framesMade = 0;

/**
 * A web page in a frame of an origin of its own: scripts run, but it reaches neither us, nor the top, nor a
 * window, a download, a dialog, a permission or a pointer. It stays alive between showings. A reload happens
 * in a second frame under the first, which takes over once it has loaded, so nothing blinks.
 */
export class WebPane implements Pane<"web"> {
  readonly kind = "web";
  readonly element = document.createElement("div");
  onBroken: (failure: PaneFailure) => void = () => undefined;
  #live: HTMLIFrameElement | undefined;
  #liveSinceMs = 0;
  #isStuck = false;
  #loading: { frame: HTMLIFrameElement; stop: AbortController } | undefined;
  #reload: { url: string; everyMs: number } | undefined;

  constructor() {
    this.element.className = "pane";
  }

  async prepare({ item }: PaneTask<"web">, signal: AbortSignal): Promise<void> {
    this.element.hidden = false;
    this.#reload = item.reloadSeconds > 0 ? { url: item.url, everyMs: item.reloadSeconds * 1000 } : undefined;
    if (this.#live === undefined) await this.#load(item.url, signal);
    else this.#reloadIfDue();
    await settle(signal);
  }

  start(): void {}

  park(): void {
    this.#stopLoading();
    if (this.#isStuck) this.#giveUp();
    // Not drawn, and its timers rest, but the page stays as it was.
    this.element.hidden = true;
  }

  applySettings(): void {}

  keepUp(): void {
    this.#reloadIfDue();
  }

  takeVideoFrames(): { painted: number; dropped: number } {
    return NO_FRAMES;
  }

  remove(): void {
    this.#stopLoading();
    this.#live = undefined;
    this.element.remove();
  }

  /** Whether the frame of this name is in this pane; if so, it is given up as failed. */
  takeFailure(frameName: string, failure: PaneFailure): boolean {
    if (this.#loading?.frame.name === frameName) {
      this.#loading.stop.abort(failure);
      return true;
    }
    if (this.#live?.name !== frameName) return false;
    // The last picture of a page that hangs is better than none, until something else is there.
    this.#isStuck = failure.reason === "stalled" && !this.element.hidden;
    if (!this.#isStuck) this.#giveUp();
    this.onBroken(failure);
    return true;
  }

  /** The next showing loads it anew. */
  #giveUp(): void {
    this.#isStuck = false;
    this.#live?.remove();
    this.#live = undefined;
  }

  #reloadIfDue(): void {
    if (this.#reload === undefined || this.#loading !== undefined) return;
    if (performance.now() - this.#liveSinceMs < this.#reload.everyMs) return;
    this.#load(this.#reload.url, AbortSignal.timeout(RELOAD_TIMEOUT_MS)).catch(() => {
      // The old page is better than none; it is tried again after another interval.
      this.#liveSinceMs = performance.now();
    });
  }

  async #load(url: string, signal: AbortSignal): Promise<void> {
    this.#stopLoading();
    const frame = makeFrame(url);
    const stop = new AbortController();
    this.#loading = { frame, stop };
    const loaded = nextEvent(frame, ["load"], AbortSignal.any([signal, stop.signal]));
    this.element.prepend(frame);
    try {
      await loaded;
    } catch (error) {
      frame.remove();
      throw error;
    } finally {
      if (this.#loading?.frame === frame) this.#loading = undefined;
    }
    this.#live?.remove();
    this.#live = frame;
    this.#liveSinceMs = performance.now();
  }

  #stopLoading(): void {
    this.#loading?.stop.abort(new PaneFailure("load", "Loading was given up"));
    this.#loading = undefined;
  }
}

async function settle(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  signal.throwIfAborted();
}

function makeFrame(url: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  framesMade += 1;
  frame.name = `web-${framesMade}`;
  frame.sandbox.add("allow-scripts");
  frame.allow = "autoplay";
  frame.referrerPolicy = "no-referrer";
  frame.inert = true;
  frame.tabIndex = -1;
  frame.src = url;
  return frame;
}
