import "@fontsource-variable/inter/wght.css";
// In this order: a later one overrides an earlier one of the same specificity.
import "./stage.css";
import "./scenes/panel.css";
import "./scenes/splash.css";
import "./scenes/pairing.css";
import "./refusal.css";
import "./scenes/claimed.css";
import "./scenes/idle.css";
import "./overlays.css";
import "./looks.css";
import { config } from "zod";
import { STAGE_PROTOCOL } from "../shared/messages.ts";
import { openBridge } from "./bridges/open-bridge.ts";
import { keepHandsOff } from "./hands-off.ts";
import { Stage } from "./stage.ts";
import { StageClock } from "./stage-clock.ts";

const PULSE_MS = 1000;

// The page's CSP forbids making code from text, which zod would try.
config({ jitless: true });

const bridge = openBridge(window);
const clock = new StageClock({ monotonicMs: () => performance.now(), wallMs: () => Date.now() });
const page = { glass: byId("glass"), canvas: byId("canvas"), cover: byId("cover") };
const stage = new Stage(page, clock, (message) => bridge.send(message));

const tellTrouble = (error: unknown) =>
  bridge.send({
    kind: "trouble",
    text: (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 1000),
  });
window.addEventListener("error", (event) => tellTrouble(event.error ?? event.message));
window.addEventListener("unhandledrejection", (event) => tellTrouble(event.reason));

keepHandsOff(document);
bridge.listen((message) => stage.receive(message));
setInterval(() => requestAnimationFrame(() => bridge.send(stage.pulse())), PULSE_MS);

// The texts of the first scene are drawn in their own font, not in one that is swapped a moment later.
await Promise.allSettled([document.fonts.load("500 16px 'Inter Variable'")]);
bridge.send({
  kind: "ready",
  protocol: STAGE_PROTOCOL,
  widthPixels: Math.round(window.innerWidth * window.devicePixelRatio),
  heightPixels: Math.round(window.innerHeight * window.devicePixelRatio),
});

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}`);
  return element;
}
