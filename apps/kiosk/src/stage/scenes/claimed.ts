import type { ClaimedMessage } from "../../shared/messages.ts";
import { el } from "../elements.ts";
import { texts } from "../texts.ts";
import { drawArt, drawBrand } from "./brand.ts";
import type { Panel, PanelContext } from "./panel.ts";

const REFUSE_KEY = "Escape";

/** Names the organization that took this screen, and lets whoever stands before it refuse by button or Escape. */
export function drawClaimed(first: ClaimedMessage, { clock, refuse }: PanelContext): Panel {
  const button = el("button", "refuse", texts.claimed.refuse, el("kbd", "", texts.claimed.key));
  const question = el("p", "claimed-question", texts.claimed.question);
  const left = el("p", "claimed-left");
  const fill = el("div", "bar-fill");
  const element = el(
    "section",
    "panel claimed",
    drawBrand(),
    el(
      "div",
      "claimed-body",
      el("p", "lead", texts.claimed.lead),
      el("h1", "", first.organizationName),
      el("div", "claimed-choice", question, button),
      el("div", "claimed-life", el("div", "bar", fill), left),
    ),
  );
  element.prepend(drawArt());
  const lifeMs = Math.max(1, first.vetoUntilMs - clock.now());
  let isRefused = false;

  const refuseOnce = () => {
    if (isRefused || clock.now() >= first.vetoUntilMs) return;
    isRefused = true;
    button.disabled = true;
    element.dataset.refused = "true";
    question.textContent = texts.claimed.refused;
    refuse();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === REFUSE_KEY) refuseOnce();
  };
  button.type = "button";
  button.addEventListener("click", refuseOnce);
  document.addEventListener("keydown", onKey);

  const refresh = () => {
    const leftMs = Math.max(0, first.vetoUntilMs - clock.now());
    fill.style.transform = `scaleX(${Math.min(1, leftMs / lifeMs)})`;
    left.textContent = isRefused ? "" : texts.claimed.left(Math.ceil(leftMs / 1000));
    button.disabled = isRefused || leftMs === 0;
  };
  refresh();
  return {
    element,
    update: (scene) =>
      scene.kind === "claimed" &&
      scene.organizationName === first.organizationName &&
      scene.vetoUntilMs === first.vetoUntilMs,
    refresh,
    dispose: () => document.removeEventListener("keydown", onKey),
  };
}
