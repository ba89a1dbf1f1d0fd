import { el } from "./elements.ts";
import type { StageClock } from "./stage-clock.ts";
import { texts } from "./texts.ts";

const REFUSE_KEY = "Escape";

export interface RefusalDeps {
  clock: StageClock;
  /** Server's time at which the offer ends. */
  untilMs: number;
  /** A person at the glass refused; called once at most. */
  refuse(): void;
}

/** The offer to refuse an organization, by button or Escape: its parts, for a scene or a banner to lay out. */
export interface Refusal extends Disposable {
  readonly question: HTMLElement;
  readonly button: HTMLElement;
  /** How long the offer stands, as a bar and in words. */
  readonly life: HTMLElement;
  /** Called about once a second. */
  refresh(): void;
}

/** Offers to refuse until `untilMs`; disposed, Escape does nothing any more. */
export function offerRefusal({ clock, untilMs, refuse }: RefusalDeps): Refusal {
  const button = el("button", "refuse", texts.claimed.refuse, el("kbd", "", texts.claimed.key));
  const question = el("p", "refusal-question", texts.claimed.question);
  const left = el("p", "refusal-left");
  const fill = el("div", "bar-fill");
  const life = el("div", "refusal-life", el("div", "bar", fill), left);
  const lifeMs = Math.max(1, untilMs - clock.now());
  let isRefused = false;

  const refuseOnce = () => {
    if (isRefused || clock.now() >= untilMs) return;
    isRefused = true;
    question.textContent = texts.claimed.refused;
    refresh();
    refuse();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === REFUSE_KEY) refuseOnce();
  };
  const refresh = () => {
    const leftMs = Math.max(0, untilMs - clock.now());
    fill.style.transform = `scaleX(${isRefused ? 0 : Math.min(1, leftMs / lifeMs)})`;
    left.textContent = isRefused ? "" : texts.claimed.left(Math.ceil(leftMs / 1000));
    button.disabled = isRefused || leftMs === 0;
  };
  button.type = "button";
  button.addEventListener("click", refuseOnce);
  document.addEventListener("keydown", onKey);
  refresh();
  return {
    question,
    button,
    life,
    refresh,
    [Symbol.dispose]: () => document.removeEventListener("keydown", onKey),
  };
}
