import { el } from "../elements.ts";
import { drawMark } from "./brand.ts";
import type { Panel } from "./panel.ts";

/** The mark alone: for the moment in which content is gone and nothing has taken its place yet. */
export function drawResting(): Panel {
  const element = el("section", "panel splash", el("div", "splash-center", drawMark()));
  return { element, update: () => false, refresh: () => undefined, dispose: () => undefined };
}
