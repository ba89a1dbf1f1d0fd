import type { FailedMessage, StageItem } from "../../shared/messages.ts";

/** Why content cannot be shown. */
export class PaneFailure extends Error {
  readonly reason: FailedMessage["reason"];

  constructor(reason: FailedMessage["reason"], text: string) {
    super(text);
    this.reason = reason;
  }
}

/** How media is heard, from the settings of the whole glass. */
export interface PaneSettings {
  /** 0 is muted. */
  volumePercent: number;
}

/** What a pane should be ready for. */
export interface PaneTask<Kind extends StageItem["kind"] = StageItem["kind"]> {
  item: Extract<StageItem, { kind: Kind }>;
  /** How far into the content the showing starts, as known now; 0 unless the stage joins in the middle. */
  offsetMs(): number;
  /** Length of the showing. */
  durationMs: number;
}

/**
 * One full-zone layer that holds one piece of content. Its life: `prepare` while covered by another pane,
 * `start` when it comes onto the glass, `park` when it has left it.
 */
export interface Pane<Kind extends StageItem["kind"] = StageItem["kind"]> {
  readonly kind: Kind;
  readonly element: HTMLElement;
  /** Content can be painted when this resolves. Rejects with a `PaneFailure`, or when the signal fires. */
  prepare(task: PaneTask<Kind>, signal: AbortSignal): Promise<void>;
  start(offsetMs: number): void;
  /** Gives up memory and work that only a visible pane needs. */
  park(): void;
  applySettings(settings: PaneSettings): void;
  /** Called about once a second while on the glass; keeps a video in step. Throws a `PaneFailure` if it is stuck. */
  keepUp(offsetMs: number): void;
  /** Set by the owner: content that was ready or on the glass broke. */
  onBroken: (failure: PaneFailure) => void;
  /** Frames of a video since the last call. */
  takeVideoFrames(): { painted: number; dropped: number };
  remove(): void;
}

/** Where a media address of a message leads, seen from this page. */
export function resolveMedia(src: string): string {
  return new URL(src, document.baseURI).href;
}

/**
 * Tells a file that could not be fetched from one that could not be understood, which media elements
 * themselves do not.
 */
export function failureOf(src: string, text: string): PaneFailure {
  const entry = performance.getEntriesByName(resolveMedia(src), "resource").at(-1);
  const status: unknown = entry === undefined ? undefined : Reflect.get(entry, "responseStatus");
  const isFetched = status === 200 || status === 206;
  const seen = typeof status === "number" && status > 0 ? `HTTP ${status}` : "no answer";
  return isFetched ? new PaneFailure("decode", text) : new PaneFailure("load", `${text} (${seen})`);
}

/** Resolves with the first of these events, rejects when the signal fires. */
export function nextEvent(
  target: EventTarget,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Event> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const listening = new AbortController();
    const settle = () => listening.abort();
    for (const name of names) {
      target.addEventListener(
        name,
        (event) => {
          settle();
          resolve(event);
        },
        { signal: listening.signal },
      );
    }
    signal.addEventListener(
      "abort",
      () => {
        settle();
        reject(signal.reason);
      },
      { signal: listening.signal },
    );
  });
}
