import type { IdentifyMessage } from "../shared/messages.ts";
import { el } from "./elements.ts";
import { texts } from "./texts.ts";

/** A name longer than this is drawn smaller, so that it still has few lines. */
const LONG_NAME = 24;

/** The overlay that says which screen this is, on top of whatever is shown, for a while; made to be read from afar. */
export class Identify {
  readonly #glass: HTMLElement;
  #overlay: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(glass: HTMLElement) {
    this.#glass = glass;
  }

  /** Shows it for `seconds` from now; a second call replaces the first. */
  show(message: IdentifyMessage): void {
    this.#hide();
    this.#overlay = draw(message);
    this.#glass.append(this.#overlay);
    this.#timer = setTimeout(() => this.#hide(), message.seconds * 1000);
  }

  #hide(): void {
    clearTimeout(this.#timer);
    this.#overlay?.remove();
    this.#overlay = undefined;
  }
}

function draw({ screenName, organizationName, shortId, isOnline }: IdentifyMessage): HTMLElement {
  const overlay = el("aside", "identify");
  if (organizationName !== null) overlay.append(el("p", "identify-organization", organizationName));
  const name = el("strong", "identify-name", screenName);
  name.dataset.length = screenName.length > LONG_NAME ? "long" : "short";
  overlay.append(name);
  if (shortId !== undefined) {
    const id = el("p", "identify-id", ...[...shortId].map((letter) => el("span", "", letter)));
    id.setAttribute("aria-label", texts.identify.spoken([...shortId].join(" ")));
    overlay.append(id);
  }
  if (isOnline !== undefined) {
    const state = el("p", "panel-state", isOnline ? texts.state.online : texts.state.offline);
    state.dataset.online = String(isOnline);
    overlay.append(state);
  }
  return overlay;
}
