import { DetailedError, Upload as TusUpload } from "tus-js-client";
import { type Failure, failureOfBody } from "../../lib/failure.ts";

/** A server that restarts is back within these; each progress starts the count anew. */
const RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000, 60_000];

/** `businessId`: what a new one belongs to; null: the organization as a whole; undefined: as the server decides. */
export type FileToSend = { file: File; replaces?: string; businessId?: string | null | undefined };
export type SendingEvents = {
  progress: (sentBytes: number) => void;
  /** The server is out of reach; it is tried again by itself. */
  lost: () => void;
  sent: (assetId: string | null) => void;
  failed: (failure: Failure) => void;
};
/** Stops sending; `isForgotten` also makes the server forget what it has. */
export type StopSending = (isForgotten: boolean) => void;
export type SendFile = (
  source: FileToSend,
  to: { endpoint: string; owner: string },
  on: SendingEvents,
) => StopSending;

/** Sends a file by tus, going on where an earlier try of the same file stopped. */
export const sendFile: SendFile = ({ file, replaces, businessId }, { endpoint, owner }, on) => {
  let assetId: string | null = null;
  let isStopped = false;
  const upload = new TusUpload(file, {
    endpoint,
    metadata: {
      filename: file.name,
      ...(replaces ? { replaces } : {}),
      ...(businessId === undefined ? {} : { businessId: businessId ?? "" }),
    },
    fingerprint: async () => {
      const place = replaces ?? businessId ?? "new";
      return ["vitrine", owner, place, file.name, file.type, file.size, file.lastModified].join("-");
    },
    storeFingerprintForResuming: true,
    removeFingerprintOnSuccess: true,
    retryDelays: RETRY_DELAYS_MS,
    onShouldRetry: (error) => {
      const isLost = isWorthRetrying(error);
      if (isLost) on.lost();
      return isLost;
    },
    onProgress: (sentBytes) => on.progress(sentBytes),
    onAfterResponse: (_request, response) => {
      assetId = response.getHeader("X-Vitrine-Asset") ?? assetId;
    },
    onSuccess: () => on.sent(assetId),
    onError: (error) => on.failed(failureOf(error)),
  });
  void upload
    .findPreviousUploads()
    .catch(() => [])
    .then(([previous]) => {
      if (isStopped) return;
      if (previous) upload.resumeFromPreviousUpload(previous);
      upload.start();
    });
  return (isForgotten) => {
    isStopped = true;
    void upload.abort(isForgotten).catch(() => undefined);
  };
};

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
