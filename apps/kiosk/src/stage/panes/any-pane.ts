import type { StageItem } from "../../shared/messages.ts";
import { EmptyPane } from "./empty-pane.ts";
import { ImagePane } from "./image-pane.ts";
import { StreamPane } from "./stream-pane.ts";
import { VideoPane } from "./video-pane.ts";
import { WebPane } from "./web-pane.ts";

/** A pane of any kind; `kind` says what its `prepare` takes. */
export type AnyPane = ImagePane | VideoPane | StreamPane | WebPane | EmptyPane;

/** An empty pane that can hold such an item. */
export function makePane(item: StageItem): AnyPane {
  switch (item.kind) {
    case "image":
      return new ImagePane();
    case "video":
      return new VideoPane();
    case "stream":
      return new StreamPane();
    case "web":
      return new WebPane();
    case "none":
      return new EmptyPane();
  }
}

/** Where a pane lies: on the glass, leaving it, under what leaves it, covered and getting ready, or not drawn at all. */
export function place(pane: AnyPane, where: "front" | "leaving" | "under" | "next" | "parked"): void {
  pane.element.dataset.place = where;
}
