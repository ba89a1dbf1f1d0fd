import type { Pane, PaneFailure } from "./pane.ts";

const NO_FRAMES = { painted: 0, dropped: 0 };

/** Nothing, for the time in which a zone is empty: lets through what lies under it. */
export class EmptyPane implements Pane<"none"> {
  readonly kind = "none";
  readonly element = document.createElement("div");
  onBroken: (failure: PaneFailure) => void = () => undefined;

  constructor() {
    this.element.className = "pane empty";
  }

  async prepare(): Promise<void> {}

  start(): void {}

  park(): void {}

  applySettings(): void {}

  keepUp(): void {}

  takeVideoFrames(): { painted: number; dropped: number } {
    return NO_FRAMES;
  }

  remove(): void {
    this.element.remove();
  }
}
