import { firstFrame } from "./first-frame.ts";
import {
  failureOf,
  nextEvent,
  type Pane,
  PaneFailure,
  type PaneSettings,
  type PaneTask,
  resolveMedia,
} from "./pane.ts";
import { countFrames, createFrameCount } from "./video-frames.ts";

/** A showing this much longer than the video holds the last frame instead of beginning anew for a blink. */
const LOOP_TOLERANCE_S = 0.25;
/** How long seeking and starting usually take: seek this far ahead when joining in the middle. */
const JOIN_LEAD_S = 0.08;
/** In step enough to be left alone. */
const IN_STEP_S = 0.04;
/** Further off than this it seeks; up to this it runs a little faster or slower. */
const OUT_OF_STEP_S = 0.6;
/** How much faster or slower it runs at most: not seen, and not heard since pitch is kept. */
const FASTER = 0.08;
const SEEK_PAUSE_MS = 15_000;
const STALLED_MS = 8000;
/** Later than this, a showing begins in the middle of the video. */
const LATE_MS = 250;

/** A video. One `<video>` for the pane's whole life; silent unless the settings say otherwise. */
export class VideoPane implements Pane<"video"> {
  readonly kind = "video";
  readonly element = document.createElement("div");
  onBroken: (failure: PaneFailure) => void = () => undefined;
  readonly #video = document.createElement("video");
  #isOnGlass = false;
  #lastTime = -1;
  #lastMovedAtMs = 0;
  #lastSeekAtMs = Number.NEGATIVE_INFINITY;
  readonly #frames = createFrameCount(() => countFrames(this.#video));
  #loudness = 100;
  #volumePercent = 0;

  constructor() {
    this.element.className = "pane";
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.disableRemotePlayback = true;
    this.#video.preload = "auto";
    this.element.append(this.#video);
  }

  async prepare(task: PaneTask<"video">, signal: AbortSignal): Promise<void> {
    const video = this.#video;
    this.#loudness = task.item.loudness;
    video.style.objectFit = task.item.fit;
    this.#hear();
    video.onerror = null;
    video.src = resolveMedia(task.item.src);
    const loaded = await nextEvent(video, ["loadeddata", "error"], signal);
    if (loaded.type === "error") throw this.#failure(task.item.src);

    video.loop = task.durationMs / 1000 > video.duration + LOOP_TOLERANCE_S;
    video.onerror = () => this.onBroken(this.#failure(task.item.src));
    const offsetMs = task.offsetMs();
    if (offsetMs > LATE_MS) {
      video.currentTime = this.#position(offsetMs / 1000 + JOIN_LEAD_S);
      const sought = await nextEvent(video, ["seeked", "error"], signal);
      if (sought.type === "error") throw this.#failure(task.item.src);
    }
    await firstFrame(video, signal);
  }

  start(offsetMs: number): void {
    this.#isOnGlass = true;
    this.#lastTime = -1;
    this.#lastMovedAtMs = performance.now();
    this.#lastSeekAtMs = Number.NEGATIVE_INFINITY;
    this.#frames.take();
    this.#video.playbackRate = 1;
    this.#play();
    if (offsetMs > 0) this.keepUp(offsetMs);
  }

  park(): void {
    this.#isOnGlass = false;
    this.#video.onerror = null;
    this.#video.pause();
    // Without a new load the decoder and its buffers stay.
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  applySettings({ volumePercent }: PaneSettings): void {
    this.#volumePercent = volumePercent;
    this.#hear();
  }

  keepUp(offsetMs: number): void {
    const video = this.#video;
    if (!this.#isOnGlass || video.ended || video.seeking || !(video.duration > 0)) return;
    if (video.paused) this.#play();

    const nowMs = performance.now();
    if (video.currentTime !== this.#lastTime) {
      this.#lastTime = video.currentTime;
      this.#lastMovedAtMs = nowMs;
    } else if (nowMs - this.#lastMovedAtMs > STALLED_MS) {
      throw new PaneFailure("stalled", `The video stands still at ${video.currentTime.toFixed(1)} s`);
    }

    const aheadS = this.#ahead(offsetMs / 1000);
    if (Math.abs(aheadS) <= IN_STEP_S) {
      video.playbackRate = 1;
    } else if (Math.abs(aheadS) <= OUT_OF_STEP_S) {
      video.playbackRate = 1 - Math.max(-FASTER, Math.min(FASTER, aheadS / 4));
    } else if (nowMs - this.#lastSeekAtMs > SEEK_PAUSE_MS) {
      this.#lastSeekAtMs = nowMs;
      video.currentTime = this.#position(offsetMs / 1000 + JOIN_LEAD_S);
    }
  }

  takeVideoFrames(): { painted: number; dropped: number } {
    return this.#frames.take();
  }

  remove(): void {
    this.park();
    this.element.remove();
  }

  #play(): void {
    // Refused only when the pane is parked meanwhile or the browser wants a gesture first; the pulse tries again.
    this.#video.play().catch(() => undefined);
  }

  /** Where in the file a showing is that began `offsetS` ago. */
  #position(offsetS: number): number {
    const { duration, loop } = this.#video;
    return loop ? offsetS % duration : Math.min(offsetS, Math.max(0, duration - 0.05));
  }

  /** How far the picture is ahead of where it should be; across the seam of a loop, the shorter way. */
  #ahead(offsetS: number): number {
    const { duration, loop, currentTime } = this.#video;
    const aheadS = currentTime - this.#position(offsetS);
    if (!loop) return aheadS;
    return aheadS - duration * Math.round(aheadS / duration);
  }

  #hear(): void {
    this.#video.muted = this.#volumePercent === 0 || this.#loudness === 0;
    this.#video.volume = (this.#volumePercent * this.#loudness) / 10_000;
  }

  #failure(src: string): PaneFailure {
    const error = this.#video.error;
    const text = error?.message || "The video could not be decoded";
    if (error?.code === MediaError.MEDIA_ERR_DECODE) return new PaneFailure("decode", text);
    return failureOf(src, text);
  }
}
