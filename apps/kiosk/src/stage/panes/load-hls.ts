import type { ErrorData } from "hls.js";

/** One stream in one `<video>`. */
export interface StreamPlayer {
  /** Begins to load and to feed the element. */
  open(src: string, video: HTMLVideoElement): void;
  /** Loads on after a fatal error of the network, at the live edge where that has moved on. */
  resume(): void;
  /** Gives the element a new decoder after a fatal error of the media. */
  recover(): void;
  /** Ends all connections, and lets go of the element. */
  close(): void;
  onError(data: ErrorData): void;
  /** The playlist was read: whether it is live, or has an end. */
  onDetails(isLive: boolean): void;
}

/** Seconds of a stream that are kept ahead, and behind: memory stays flat however long it plays. */
const AHEAD_S = 20;
const BEHIND_S = 5;

/** The player of streams, a chunk of its own: a stage that shows no streams never loads it. */
export async function loadHls(): Promise<new () => StreamPlayer> {
  const [{ default: Hls }, { default: workerPath }] = await Promise.all([
    import("hls.js"),
    import("hls.js/dist/hls.worker.js?url"),
  ]);

  return class HlsPlayer implements StreamPlayer {
    readonly #hls = new Hls({
      workerPath,
      maxBufferLength: AHEAD_S,
      maxMaxBufferLength: AHEAD_S,
      backBufferLength: BEHIND_S,
      // What fell behind catches up unseen, and seeks when it is far off.
      maxLiveSyncPlaybackRate: 1.05,
      liveSyncDurationCount: 3,
      liveMaxLatencyDurationCount: 10,
      enableWebVTT: false,
      enableIMSC1: false,
      enableCEA708Captions: false,
    });
    onError: (data: ErrorData) => void = () => undefined;
    onDetails: (isLive: boolean) => void = () => undefined;

    open(src: string, video: HTMLVideoElement): void {
      this.#hls.on(Hls.Events.ERROR, (_event, data) => this.onError(data));
      this.#hls.on(Hls.Events.LEVEL_LOADED, (_event, { details }) => this.onDetails(details.live));
      this.#hls.attachMedia(video);
      this.#hls.loadSource(src);
    }

    resume(): void {
      this.#hls.startLoad();
    }

    recover(): void {
      this.#hls.recoverMediaError();
    }

    close(): void {
      this.#hls.destroy();
    }
  };
}
