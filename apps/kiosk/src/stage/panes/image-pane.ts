import { failureOf, type Pane, type PaneFailure, type PaneTask, resolveMedia } from "./pane.ts";

const STILL_TYPES: ReadonlySet<string> = new Set(["image/jpeg", "image/svg+xml"]);
const NO_FRAMES = { painted: 0, dropped: 0 };

/** A still picture, or an animated one, which begins with its first frame. One `<img>` for the pane's whole life. */
export class ImagePane implements Pane<"image"> {
  readonly kind = "image";
  readonly element = document.createElement("div");
  onBroken: (failure: PaneFailure) => void = () => undefined;
  readonly #image = document.createElement("img");

  #mayMove = true;

  constructor() {
    this.element.className = "pane";
    // The frame in which the pane appears has to hold the picture, not a promise of it.
    this.#image.decoding = "sync";
    this.#image.alt = "";
    this.element.append(this.#image);
  }

  async prepare({ item }: PaneTask<"image">, signal: AbortSignal): Promise<void> {
    this.#mayMove = !STILL_TYPES.has(item.mediaType ?? "");
    this.#image.style.objectFit = item.fit;
    this.#image.src = resolveMedia(item.src);
    try {
      await this.#image.decode();
    } catch {
      signal.throwIfAborted();
      throw failureOf(item.src, "The picture could not be decoded");
    }
    signal.throwIfAborted();
  }

  start(): void {
    if (!this.#mayMove) return;
    // An animation has run unseen since it was decoded. Told its source again, Chromium begins it anew, from what it has.
    const { src } = this.#image;
    this.#image.src = src;
  }

  park(): void {
    this.#image.removeAttribute("src");
  }

  applySettings(): void {}

  keepUp(): void {}

  takeVideoFrames(): { painted: number; dropped: number } {
    return NO_FRAMES;
  }

  remove(): void {
    this.park();
    this.element.remove();
  }
}
