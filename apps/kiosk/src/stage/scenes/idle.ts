import type { IdleMessage, Scene } from "../../shared/messages.ts";
import { el } from "../elements.ts";
import { texts } from "../texts.ts";
import { drawArt } from "./brand.ts";
import { createLooks } from "./looks.ts";
import type { Panel } from "./panel.ts";

/** Refreshes between two places of the words, and how far apart they are: a picture at rest must not burn in. */
const REST_REFRESHES = 60;
const PLACES = [
  [0, 0],
  [0.6, -0.4],
  [0.2, 0.6],
  [-0.6, 0.3],
] as const;

/** A quiet picture that says which screen this is and what it waits for. */
export function drawIdle(first: IdleMessage): Panel {
  const organization = el("p", "idle-organization");
  const name = el("h1", "idle-name");
  const title = el("p", "idle-title", texts.idle.title);
  const hint = el("p", "lead");
  const body = el("div", "idle-body", organization, name, el("div", "idle-words", title, hint));
  const element = el("section", "panel idle");
  const looks = createLooks(element);
  element.append(drawArt(), looks.head, body, looks.foot);

  const update = (scene: Scene): boolean => {
    if (scene.kind !== "idle") return false;
    organization.textContent = scene.organizationName;
    name.textContent = scene.screenName;
    name.dataset.length = scene.screenName.length > 28 ? "long" : "short";
    hint.textContent = texts.idle.hint(scene.serverHost);
    looks.update(scene);
    return true;
  };
  let refreshes = 0;
  const refresh = () => {
    refreshes += 1;
    const [x, y] = PLACES[Math.floor(refreshes / REST_REFRESHES) % PLACES.length] ?? PLACES[0];
    body.style.transform = `translate(${x}vmin, ${y}vmin)`;
  };
  update(first);
  return { element, update, refresh, dispose: () => undefined };
}
