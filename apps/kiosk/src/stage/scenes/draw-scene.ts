import type { Scene } from "../../shared/messages.ts";
import { drawClaimed } from "./claimed.ts";
import { drawIdle } from "./idle.ts";
import { drawPairing } from "./pairing.ts";
import type { Panel, PanelContext } from "./panel.ts";
import { drawSplash } from "./splash.ts";

/** Draws a scene that is not a plan. */
export function drawScene(scene: Exclude<Scene, { kind: "plan" }>, context: PanelContext): Panel {
  switch (scene.kind) {
    case "splash":
      return drawSplash(scene);
    case "pairing":
      return drawPairing(scene, context);
    case "claimed":
      return drawClaimed(scene, context);
    case "idle":
      return drawIdle(scene);
  }
}
