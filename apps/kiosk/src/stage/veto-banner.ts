import type { VetoMessage } from "../shared/messages.ts";
import { el } from "./elements.ts";
import { offerRefusal, type Refusal } from "./refusal.ts";
import type { StageClock } from "./stage-clock.ts";
import { texts } from "./texts.ts";

/** Over the content of a screen that was just claimed: whose it is now, and the offer to refuse. */
export class VetoBanner {
  readonly #glass: HTMLElement;
  readonly #clock: StageClock;
  readonly #refuse: () => void;
  #offer: VetoMessage["offer"] = null;
  #refusal: Refusal | undefined;
  #banner: HTMLElement | undefined;

  constructor(glass: HTMLElement, clock: StageClock, refuse: () => void) {
    this.#glass = glass;
    this.#clock = clock;
    this.#refuse = refuse;
  }

  /** What `show` will offer from now on; null takes the banner off the glass. */
  setOffer(offer: VetoMessage["offer"]): void {
    this.hide();
    this.#offer = offer;
  }

  /** Puts it over the plan that is on the glass, if there is anything to offer. */
  show(): void {
    if (this.#offer === null || this.#banner !== undefined) return;
    const { organizationName, untilMs } = this.#offer;
    const refusal = offerRefusal({ clock: this.#clock, untilMs, refuse: this.#refuse });
    const whose = el("p", "veto-whose", texts.claimed.lead, " ", el("strong", "", organizationName));
    this.#refusal = refusal;
    this.#banner = el(
      "aside",
      "veto",
      el("div", "veto-words", whose, refusal.question),
      refusal.button,
      refusal.life,
    );
    this.#glass.append(this.#banner);
  }

  hide(): void {
    this.#refusal?.[Symbol.dispose]();
    this.#refusal = undefined;
    this.#banner?.remove();
    this.#banner = undefined;
  }

  /** Called about once a second. */
  refresh(): void {
    this.#refusal?.refresh();
  }
}
