import type { PairingMessage, Scene } from "../../shared/messages.ts";
import { el } from "../elements.ts";
import { texts } from "../texts.ts";
import { createLooks } from "./looks.ts";
import type { Panel, PanelContext } from "./panel.ts";
import { drawQrCode } from "./qr-code.ts";

const GROUPS = /.{1,4}/g;

/** The code to type, the code to scan, where to go with it, and how long it lasts. */
export function drawPairing(first: PairingMessage, { clock }: PanelContext): Panel {
  const fill = el("div", "bar-fill");
  const left = el("p", "pairing-left");
  const { open, choose, action, enter } = texts.pairing.step;

  const words = el(
    "div",
    "pairing-words",
    el("h1", "", texts.pairing.title),
    el("p", "lead", open, el("strong", "", first.serverHost), choose, el("strong", "", action), enter),
    drawCode(first.userCode),
    el("div", "pairing-life", el("div", "bar", fill), left),
  );
  const scan = el(
    "figure",
    "pairing-scan",
    el("div", "qr", drawQrCode(first.claimUrl)),
    el("figcaption", "", texts.pairing.scan),
  );
  const element = el("section", "panel pairing");
  const looks = createLooks(element);
  element.append(looks.head, el("div", "pairing-body", words, scan), looks.foot);
  looks.update(first);

  const refresh = () => {
    const leftMs = Math.max(0, first.expiresAtMs - clock.now());
    const lifeMs = Math.max(1, first.expiresAtMs - first.startedAtMs);
    fill.style.transform = `scaleX(${Math.min(1, leftMs / lifeMs)})`;
    left.textContent =
      leftMs === 0 ? texts.pairing.expired : texts.pairing.expires(minutesAndSeconds(leftMs));
    element.dataset.expired = String(leftMs === 0);
  };
  refresh();
  const update = (scene: Scene) => {
    if (scene.kind !== "pairing" || !isSame(scene, first)) return false;
    looks.update(scene);
    return true;
  };
  return { element, update, refresh, dispose: () => undefined };
}

function drawCode(code: string): HTMLElement {
  const drawn = (code.match(GROUPS) ?? []).map((group) =>
    el("span", "code-group", ...[...group].map((letter) => el("span", "code-letter", letter))),
  );
  const element = el("p", "code", ...drawn);
  element.setAttribute("aria-label", texts.pairing.spoken([...code].join(" ")));
  return element;
}

function isSame(scene: PairingMessage, first: PairingMessage): boolean {
  return (
    scene.userCode === first.userCode &&
    scene.claimUrl === first.claimUrl &&
    scene.expiresAtMs === first.expiresAtMs
  );
}

function minutesAndSeconds(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
