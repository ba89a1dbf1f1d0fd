import type { IdentifyMessage } from "../shared/messages.ts";
import { el } from "./elements.ts";

/** The overlay that says which screen this is, on top of whatever is shown, for a while. */
export class Identify {
  readonly #glass: HTMLElement;
  #overlay: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(glass: HTMLElement) {
    this.#glass = glass;
  }

  /** Shows it for `seconds` from now; a second call replaces the first. */
  show({ screenName, organizationName, seconds }: IdentifyMessage): void {
    this.#hide();
    const name = el("strong", "identify-name", screenName);
    const overlay = el("aside", "identify", name);
    if (organizationName !== null) overlay.prepend(el("span", "identify-organization", organizationName));
    this.#overlay = overlay;
    this.#glass.append(overlay);
    this.#timer = setTimeout(() => this.#hide(), seconds * 1000);
  }

  #hide(): void {
    clearTimeout(this.#timer);
    this.#overlay?.remove();
    this.#overlay = undefined;
  }
}
