import { DetailedError, Upload as TusUpload } from "tus-js-client";
import { type Failure, failureOfBody } from "../../lib/failure.ts";
import {
  isUnderWay,
  NO_UPLOADS,
  reduceUploads,
  startable,
  type UploadEvent,
  type UploadState,
} from "./upload-state.ts";

const PLACES = 3;
/** A server that restarts is back within these; each progress starts the count anew. */
const RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000, 60_000];

export type NewUpload = { file: File; replaces?: string };

/**
 * Sends files by tus, three at a time, each resumed where it stopped: after a lost connection by itself,
 * after a closed page when the same file is chosen again. Lives as long as the page.
 */
export class UploadManager {
  #state: UploadState = NO_UPLOADS;
  readonly #listeners = new Set<() => void>();
  readonly #files = new Map<string, NewUpload>();
  readonly #running = new Map<string, TusUpload>();
  readonly #options: {
    endpoint: string;
    owner: string;
    newKey: () => string;
    onSent: (assetId: string | null) => void;
  };

  /** `owner` keeps apart what different organizations began to upload from one browser. */
  constructor(options: {
    endpoint: string;
    owner: string;
    newKey: () => string;
    onSent: (assetId: string | null) => void;
  }) {
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
  add(files: readonly NewUpload[]): void {
    const uploads = files.map((one) => {
      const key = this.#options.newKey();
      this.#files.set(key, one);
      return { key, name: one.file.name, sizeBytes: one.file.size, replaces: one.replaces ?? null };
    });
    if (uploads.length > 0) this.#apply({ kind: "added", uploads });
  }

  /** Stops a file and lets the server forget what it has of it. */
  cancel(key: string): void {
    const running = this.#running.get(key);
    this.#running.delete(key);
    this.#apply({ kind: "cancelled", key });
    void running?.abort(true).catch(() => undefined);
  }

  retry(key: string): void {
    this.#apply({ kind: "retried", key });
  }

  /** Takes what has ended off the list. */
  clear(): void {
    this.#apply({ kind: "cleared" });
  }

  /** Stops everything and keeps what the server has, so that it can be resumed. */
  [Symbol.dispose](): void {
    for (const upload of this.#running.values()) void upload.abort(false).catch(() => undefined);
    this.#running.clear();
    this.#listeners.clear();
  }

  #apply(event: UploadEvent): void {
    const next = reduceUploads(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    for (const upload of startable(next, PLACES)) void this.#start(upload.key);
    for (const key of this.#files.keys()) {
      if (!next.uploads.some((one) => one.key === key)) this.#files.delete(key);
    }
    for (const listener of this.#listeners) listener();
  }

  async #start(key: string): Promise<void> {
    const source = this.#files.get(key);
    if (!source) return;
    this.#apply({ kind: "started", key });
    const upload = this.#makeUpload(key, source);
    this.#running.set(key, upload);
    const [previous] = await upload.findPreviousUploads().catch(() => []);
    if (this.#running.get(key) !== upload) return;
    if (previous) upload.resumeFromPreviousUpload(previous);
    upload.start();
  }

  #makeUpload(key: string, { file, replaces }: NewUpload): TusUpload {
    let assetId: string | null = null;
    return new TusUpload(file, {
      endpoint: this.#options.endpoint,
      metadata: { filename: file.name, ...(replaces ? { replaces } : {}) },
      fingerprint: async () =>
        [
          "vitrine",
          this.#options.owner,
          replaces ?? "new",
          file.name,
          file.type,
          file.size,
          file.lastModified,
        ].join("-"),
      storeFingerprintForResuming: true,
      removeFingerprintOnSuccess: true,
      retryDelays: RETRY_DELAYS_MS,
      onShouldRetry: (error) => {
        const isLost = isWorthRetrying(error);
        if (isLost) this.#apply({ kind: "lost", key });
        return isLost;
      },
      onProgress: (sentBytes) => this.#apply({ kind: "progress", key, sentBytes }),
      onAfterResponse: (_request, response) => {
        assetId = response.getHeader("X-Vitrine-Asset") ?? assetId;
      },
      onSuccess: () => {
        this.#running.delete(key);
        this.#apply({ kind: "sent", key, assetId });
        this.#options.onSent(assetId);
      },
      onError: (error) => {
        this.#running.delete(key);
        this.#apply({ kind: "failed", key, failure: failureOf(error) });
      },
    });
  }
}

/** Whether leaving the page now would interrupt something. */
export function isBusy(state: UploadState): boolean {
  return state.uploads.some(isUnderWay);
}

function isWorthRetrying(error: Error): boolean {
  if (!(error instanceof DetailedError)) return false;
  const status = error.originalResponse?.getStatus() ?? 0;
  return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
}

function failureOf(error: Error): Failure {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  const told = response ? failureOfBody(response.getBody()) : undefined;
  if (told) return told;
  if (response?.getStatus() === 413) {
    return { code: "FILE_TOO_LARGE", isRetryable: false, requestId: null, data: {} };
  }
  return { code: "NETWORK", isRetryable: true, requestId: null, data: {} };
}
