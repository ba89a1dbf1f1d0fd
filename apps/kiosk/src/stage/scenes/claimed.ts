import type { ClaimedMessage } from "../../shared/messages.ts";
import { el } from "../elements.ts";
import { offerRefusal } from "../refusal.ts";
import { texts } from "../texts.ts";
import { drawArt } from "./brand.ts";
import { createLooks } from "./looks.ts";
import type { Panel, PanelContext } from "./panel.ts";

/** Names the organization that took this screen, and lets whoever stands before it refuse. */
export function drawClaimed(first: ClaimedMessage, { clock, refuse }: PanelContext): Panel {
  const refusal = offerRefusal({ clock, refuse, untilMs: first.vetoUntilMs });
  const body = el(
    "div",
    "claimed-body",
    el("p", "lead", texts.claimed.lead),
    el("h1", "", first.organizationName),
    el("div", "claimed-choice", refusal.question, refusal.button),
    refusal.life,
  );
  const element = el("section", "panel claimed");
  const looks = createLooks(element);
  element.append(drawArt(), looks.head, body);
  looks.update({ brand: first.brand });
  return {
    element,
    update(scene) {
      if (scene.kind !== "claimed" || scene.organizationName !== first.organizationName) return false;
      if (scene.vetoUntilMs !== first.vetoUntilMs) return false;
      looks.update({ brand: scene.brand });
      return true;
    },
    refresh: refusal.refresh,
    dispose: () => refusal[Symbol.dispose](),
  };
}
