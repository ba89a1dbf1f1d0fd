import type { Scene } from "../../shared/messages.ts";
import type { StageClock } from "../stage-clock.ts";

/** A scene other than a plan, drawn over the canvas. */
export interface Panel {
  readonly element: HTMLElement;
  /** Takes news of the same scene in place; false if it has to be drawn anew. */
  update(scene: Scene): boolean;
  /** Called about once a second. */
  refresh(): void;
  dispose(): void;
}

/** What scenes need of the page. */
export interface PanelContext {
  clock: StageClock;
  /** A person at the glass refused the organization. */
  refuse(): void;
}
