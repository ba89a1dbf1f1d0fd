import type { FileToSend, SendFile, StopSending } from "./send-file.ts";
import {
  isUnderWay,
  NO_UPLOADS,
  reduceUploads,
  startable,
  type UploadEvent,
  type UploadState,
} from "./upload-state.ts";

const PLACES = 3;

type Options = {
  endpoint: string;
  /** Keeps apart what different organizations began to upload from one browser. */
  owner: string;
  newKey: () => string;
  /** Fetches what sends a file, when the first is to be sent. */
  loadSender: () => Promise<SendFile>;
  onSent: (assetId: string | null) => void;
};

/**
 * Sends files three at a time, each resumed where it stopped: after a lost connection by itself, after a
 * closed page when the same file is chosen again. Lives as long as the page.
 */
export class UploadManager {
  #state: UploadState = NO_UPLOADS;
  readonly #listeners = new Set<() => void>();
  readonly #files = new Map<string, FileToSend>();
  readonly #stops = new Map<string, StopSending>();
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  get state(): UploadState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Queues files in the order given. */
  add(files: readonly FileToSend[]): void {
    const uploads = files.map((one) => {
      const key = this.#options.newKey();
      this.#files.set(key, one);
      return { key, name: one.file.name, sizeBytes: one.file.size, replaces: one.replaces ?? null };
    });
    if (uploads.length > 0) this.#apply({ kind: "added", uploads });
  }

  /** Stops a file and lets the server forget what it has of it. */
  cancel(key: string): void {
    const stop = this.#stops.get(key);
    this.#stops.delete(key);
    this.#apply({ kind: "cancelled", key });
    stop?.(true);
  }

  retry(key: string): void {
    this.#apply({ kind: "retried", key });
  }

  /** Takes what has ended off the list. */
  clear(): void {
    this.#apply({ kind: "cleared" });
    for (const key of this.#files.keys()) {
      if (!this.#state.uploads.some((one) => one.key === key)) this.#files.delete(key);
    }
  }

  /** Stops everything and keeps what the server has, so that it can be resumed. */
  [Symbol.dispose](): void {
    for (const stop of this.#stops.values()) stop(false);
    this.#stops.clear();
    this.#listeners.clear();
  }

  #apply(event: UploadEvent): void {
    const before = this.#state;
    this.#state = reduceUploads(before, event);
    if (this.#state === before) return;
    for (const { key } of startable(this.#state, PLACES)) {
      this.#state = reduceUploads(this.#state, { kind: "started", key });
      void this.#start(key);
    }
    for (const listener of this.#listeners) listener();
  }

  async #start(key: string): Promise<void> {
    const source = this.#files.get(key);
    if (!source) return;
    const send = await this.#options.loadSender().catch(() => undefined);
    if (!send) {
      const failure = { code: "NETWORK", isRetryable: true, requestId: null, data: {} } as const;
      return this.#apply({ kind: "failed", key, failure });
    }
    if (!this.#state.uploads.some((one) => one.key === key && one.phase === "sending")) return;
    const { endpoint, owner } = this.#options;
    const stop = send(
      source,
      { endpoint, owner },
      {
        progress: (sentBytes) => this.#apply({ kind: "progress", key, sentBytes }),
        lost: () => this.#apply({ kind: "lost", key }),
        sent: (assetId) => {
          this.#stops.delete(key);
          this.#apply({ kind: "sent", key, assetId });
          this.#options.onSent(assetId);
        },
        failed: (failure) => {
          this.#stops.delete(key);
          this.#apply({ kind: "failed", key, failure });
        },
      },
    );
    this.#stops.set(key, stop);
  }
}

/** Whether leaving the page now would interrupt something. */
export function isBusy(state: UploadState): boolean {
  return state.uploads.some(isUnderWay);
}
