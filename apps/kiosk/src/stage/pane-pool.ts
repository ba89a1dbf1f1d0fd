import type { StageItem } from "../shared/messages.ts";
import { type AnyPane, makePane, place } from "./panes/any-pane.ts";
import type { PaneFailure, PaneSettings } from "./panes/pane.ts";
import { WebPane } from "./panes/web-pane.ts";
import type { ParkedPages } from "./parked-pages.ts";

/**
 * The panes of one zone. They are used again and again, so memory stays flat however long it plays: at most
 * four a kind are ever made (coming, there, two leaving), and web pages live on for as long as they are kept.
 */
export class PanePool {
  readonly #zone: HTMLElement;
  readonly #pages: ParkedPages;
  readonly #inUse = new Set<AnyPane>();
  readonly #free: AnyPane[] = [];
  readonly #webUrls = new Map<WebPane, string>();
  #settings: PaneSettings;

  constructor(zone: HTMLElement, pages: ParkedPages, settings: PaneSettings) {
    this.#zone = zone;
    this.#pages = pages;
    this.#settings = settings;
  }

  /** Whether a web page lives on in it, off the glass. */
  get hasParkedPages(): boolean {
    return this.#free.some((pane) => pane instanceof WebPane);
  }

  /** A covered pane for this item; a web page's own where it still lives. */
  take(item: StageItem): AnyPane {
    const index = this.#free.findLastIndex((pane) =>
      pane instanceof WebPane
        ? item.kind === "web" && this.#webUrls.get(pane) === item.url
        : pane.kind === item.kind,
    );
    const [known] = index < 0 ? [] : this.#free.splice(index, 1);
    if (known instanceof WebPane) this.#pages.remove(known);
    const pane = known ?? this.#make(item);
    this.#inUse.add(pane);
    pane.applySettings(this.#settings);
    place(pane, "next");
    return pane;
  }

  /** Takes a pane back that is not on the glass any more. */
  release(pane: AnyPane): void {
    if (!this.#inUse.delete(pane)) return;
    pane.onBroken = () => undefined;
    pane.park();
    place(pane, "parked");
    this.#free.push(pane);
    if (pane instanceof WebPane) this.#pages.add(pane, () => this.#discard(pane));
  }

  applySettings(settings: PaneSettings): void {
    this.#settings = settings;
    for (const pane of this.#inUse) pane.applySettings(settings);
  }

  /** Passes on to the pane that has it that a web page's frame failed. */
  failWebFrame(frameName: string, failure: PaneFailure): void {
    for (const pane of [...this.#inUse, ...this.#free]) {
      if (pane instanceof WebPane && pane.takeFailure(frameName, failure)) return;
    }
  }

  /** Takes everything back, but keeps the web pages alive. */
  rest(): void {
    for (const pane of [...this.#inUse]) this.release(pane);
  }

  /** Lets go of everything. */
  clear(): void {
    for (const pane of [...this.#inUse, ...this.#free]) {
      if (pane instanceof WebPane) this.#pages.remove(pane);
      pane.remove();
    }
    this.#inUse.clear();
    this.#free.length = 0;
    this.#webUrls.clear();
  }

  #make(item: StageItem): AnyPane {
    const pane = makePane(item);
    if (pane instanceof WebPane && item.kind === "web") this.#webUrls.set(pane, item.url);
    this.#zone.append(pane.element);
    return pane;
  }

  #discard(pane: WebPane): void {
    this.#free.splice(this.#free.indexOf(pane), 1);
    this.#webUrls.delete(pane);
    pane.remove();
  }
}
