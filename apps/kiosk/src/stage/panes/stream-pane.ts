import type { ErrorData } from "hls.js";
import { firstFrame } from "./first-frame.ts";
import { loadHls, type StreamPlayer } from "./load-hls.ts";
import { nextEvent, type Pane, PaneFailure, type PaneSettings, type PaneTask } from "./pane.ts";
import { countFrames, createFrameCount } from "./video-frames.ts";

/** A stream that stands still on the glass keeps its last frame this long before something else may stand in. */
const STALLED_MS = 30_000;
/** Waits between tries to reach a stream that broke off: they double up to the last. */
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 15_000;
/** A decoder that fails more often than this in one showing will not recover. */
const MOST_RECOVERIES = 3;

/**
 * An HLS stream. While it gets ready it runs unheard, so that it is at its live edge when it comes; one that is not
 * live waits on its first frame. A line that breaks leaves the last frame on the glass, and is tried again and again.
 */
export class StreamPane implements Pane<"stream"> {
  readonly kind = "stream";
  readonly element = document.createElement("div");
  onBroken: (failure: PaneFailure) => void = () => undefined;
  readonly #video = document.createElement("video");
  readonly #frames = createFrameCount(() => countFrames(this.#video));
  #player: StreamPlayer | undefined;
  #isOnGlass = false;
  #isLive = true;
  #loudness = 100;
  #volumePercent = 0;
  #retryMs = FIRST_RETRY_MS;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #recoveries = 0;
  #lastTime = -1;
  #lastMovedAtMs = 0;

  constructor() {
    this.element.className = "pane";
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.disableRemotePlayback = true;
    this.element.append(this.#video);
  }

  async prepare({ item }: PaneTask<"stream">, signal: AbortSignal): Promise<void> {
    const video = this.#video;
    this.#reset();
    this.#loudness = item.loudness;
    video.style.objectFit = item.fit;
    this.#hear();
    const Hls = await loadHls();
    signal.throwIfAborted();

    const player = new Hls();
    this.#player = player;
    const failed = new Promise<never>((_resolve, reject) => {
      player.onError = (data) => {
        // Until it is ready it has no last frame to keep: whoever waits decides what is shown instead.
        if (data.fatal) reject(failureOf(data));
      };
    });
    player.onDetails = (isLive) => {
      this.#isLive = isLive;
      video.loop = !isLive;
    };
    player.open(item.src, video);
    const loaded = nextEvent(video, ["loadeddata"], signal);
    loaded.catch(() => undefined);
    await Promise.race([loaded, failed]);
    if (this.#isLive) this.#play();
    await firstFrame(video, signal);
    player.onError = (data) => this.#mend(data);
  }

  start(): void {
    this.#isOnGlass = true;
    this.#lastTime = -1;
    this.#lastMovedAtMs = performance.now();
    this.#frames.take();
    this.#hear();
    this.#play();
  }

  park(): void {
    this.#reset();
  }

  applySettings({ volumePercent }: PaneSettings): void {
    this.#volumePercent = volumePercent;
    this.#hear();
  }

  keepUp(): void {
    const video = this.#video;
    if (!this.#isOnGlass) return;
    const nowMs = performance.now();
    if (video.currentTime !== this.#lastTime) {
      this.#lastTime = video.currentTime;
      this.#lastMovedAtMs = nowMs;
    } else if (nowMs - this.#lastMovedAtMs > STALLED_MS) {
      throw new PaneFailure("stalled", `The stream stands still for ${STALLED_MS / 1000} s`);
    }
    if (video.paused) this.#play();
  }

  takeVideoFrames(): { painted: number; dropped: number } {
    return this.#frames.take();
  }

  remove(): void {
    this.#reset();
    this.element.remove();
  }

  /** Closes connections and decoder. */
  #reset(): void {
    this.#isOnGlass = false;
    this.#isLive = true;
    clearTimeout(this.#retryTimer);
    this.#retryMs = FIRST_RETRY_MS;
    this.#recoveries = 0;
    if (this.#player === undefined) return;
    this.#player.close();
    this.#player = undefined;
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  /** What was ready or on the glass broke: the line is tried again, a decoder is made anew. */
  #mend(data: ErrorData): void {
    const player = this.#player;
    if (!data.fatal || player === undefined) return;
    if (data.type === "networkError") {
      clearTimeout(this.#retryTimer);
      this.#retryTimer = setTimeout(() => player.resume(), this.#retryMs);
      this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 2);
      return;
    }
    this.#recoveries += 1;
    if (data.type === "mediaError" && this.#recoveries <= MOST_RECOVERIES) player.recover();
    else this.onBroken(failureOf(data));
  }

  #hear(): void {
    const isHeard = this.#isOnGlass && this.#volumePercent > 0 && this.#loudness > 0;
    this.#video.muted = !isHeard;
    this.#video.volume = (this.#volumePercent * this.#loudness) / 10_000;
  }

  #play(): void {
    // Refused only when the pane is parked meanwhile or the browser wants a gesture first; the pulse tries again.
    this.#video.play().catch(() => undefined);
  }
}

function failureOf({ type, details, response, error }: ErrorData): PaneFailure {
  // A browser does not tell a page whether nothing answered or the answer may not be read by it (CORS).
  const unread = type === "networkError" ? "no answer, or one that other sites may not read" : error.message;
  const seen = response?.code ? `HTTP ${response.code}` : unread;
  return new PaneFailure(type === "networkError" ? "load" : "decode", `The stream: ${details} (${seen})`);
}
