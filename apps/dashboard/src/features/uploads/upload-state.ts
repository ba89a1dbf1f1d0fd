import type { Failure } from "../../lib/failure.ts";

/**
 * One file on its way. `queued` waits for a place, `sending` moves, `waiting` lost the server and tries
 * again by itself, `sent` is whole at the server, which then prepares it.
 */
export type Upload = {
  key: string;
  name: string;
  sizeBytes: number;
  sentBytes: number;
  phase: "queued" | "sending" | "waiting" | "sent" | "failed" | "cancelled";
  assetId: string | null;
  replaces: string | null;
  failure: Failure | null;
};
export type UploadState = { uploads: readonly Upload[] };

export type UploadEvent =
  | { kind: "added"; uploads: readonly Pick<Upload, "key" | "name" | "sizeBytes" | "replaces">[] }
  | { kind: "started"; key: string }
  | { kind: "progress"; key: string; sentBytes: number }
  | { kind: "lost"; key: string }
  | { kind: "sent"; key: string; assetId: string | null }
  | { kind: "failed"; key: string; failure: Failure }
  | { kind: "cancelled"; key: string }
  | { kind: "retried"; key: string }
  | { kind: "cleared" };

export const NO_UPLOADS: UploadState = { uploads: [] };

/** The next state. Words about a file that has already ended, or is not known, change nothing. */
export function reduceUploads(state: UploadState, event: UploadEvent): UploadState {
  switch (event.kind) {
    case "added":
      return { uploads: [...state.uploads, ...event.uploads.map(queued)] };
    case "started":
      return change(state, event.key, ["queued"], (one) => ({ ...one, phase: "sending", failure: null }));
    case "progress":
      return change(state, event.key, ["sending", "waiting"], (one) => ({
        ...one,
        phase: "sending",
        sentBytes: Math.min(one.sizeBytes, event.sentBytes),
      }));
    case "lost":
      return change(state, event.key, ["sending"], (one) => ({ ...one, phase: "waiting" }));
    case "sent":
      return change(state, event.key, ["sending", "waiting"], (one) => ({
        ...one,
        phase: "sent",
        sentBytes: one.sizeBytes,
        assetId: event.assetId,
      }));
    case "failed":
      return change(state, event.key, ["queued", "sending", "waiting"], (one) => ({
        ...one,
        phase: "failed",
        failure: event.failure,
      }));
    case "cancelled":
      return change(state, event.key, ["queued", "sending", "waiting", "failed"], (one) => ({
        ...one,
        phase: "cancelled",
      }));
    case "retried":
      return change(state, event.key, ["failed", "cancelled"], (one) => ({
        ...one,
        phase: "queued",
        failure: null,
      }));
    case "cleared":
      return { uploads: state.uploads.filter(isUnderWay) };
  }
}

/** Whether the file still has to move. */
export function isUnderWay(upload: Upload): boolean {
  return upload.phase === "queued" || upload.phase === "sending" || upload.phase === "waiting";
}

/** Files that may start now so that at most `places` move at a time, in the order they were added. */
export function startable(state: UploadState, places: number): readonly Upload[] {
  const moving = state.uploads.filter((one) => one.phase === "sending" || one.phase === "waiting").length;
  return state.uploads.filter((one) => one.phase === "queued").slice(0, Math.max(0, places - moving));
}

/** All files in one: bytes sent and to send (cancelled and failed ones left out), and how many of each fate. */
export function summary(state: UploadState) {
  const counted = state.uploads.filter((one) => isUnderWay(one) || one.phase === "sent");
  const sizeBytes = counted.reduce((sum, one) => sum + one.sizeBytes, 0);
  const sentBytes = counted.reduce((sum, one) => sum + one.sentBytes, 0);
  return {
    underWay: state.uploads.filter(isUnderWay).length,
    sent: state.uploads.filter((one) => one.phase === "sent").length,
    failed: state.uploads.filter((one) => one.phase === "failed").length,
    sizeBytes,
    sentBytes,
    fraction: sizeBytes === 0 ? (counted.length === 0 ? 0 : 1) : sentBytes / sizeBytes,
  };
}

function queued(one: Pick<Upload, "key" | "name" | "sizeBytes" | "replaces">): Upload {
  return { ...one, sentBytes: 0, phase: "queued", assetId: null, failure: null };
}

function change(
  state: UploadState,
  key: string,
  from: readonly Upload["phase"][],
  next: (upload: Upload) => Upload,
): UploadState {
  const found = state.uploads.find((one) => one.key === key);
  if (!found || !from.includes(found.phase)) return state;
  return { uploads: state.uploads.map((one) => (one === found ? next(one) : one)) };
}
