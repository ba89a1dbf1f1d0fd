import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isUnderWay,
  NO_UPLOADS,
  reduceUploads,
  startable,
  summary,
  type UploadEvent,
  type UploadState,
} from "./upload-state.ts";

const failure = { code: "NETWORK", isRetryable: true, requestId: null, data: {} } as const;

function after(...events: UploadEvent[]): UploadState {
  return events.reduce(reduceUploads, NO_UPLOADS);
}

function added(...keys: string[]): UploadEvent {
  return {
    kind: "added",
    uploads: keys.map((key) => ({ key, name: `${key}.jpg`, sizeBytes: 100, replaces: null })),
  };
}

describe("reduceUploads", () => {
  it("takes a file from the queue to the server", () => {
    const state = after(
      added("a"),
      { kind: "started", key: "a" },
      { kind: "progress", key: "a", sentBytes: 40 },
      { kind: "sent", key: "a", assetId: "x" },
    );
    expect(state.uploads[0]).toMatchObject({ phase: "sent", sentBytes: 100, assetId: "x" });
  });

  it("waits when the server is lost and goes on with the next byte", () => {
    const lost = after(added("a"), { kind: "started", key: "a" }, { kind: "lost", key: "a" });
    expect(lost.uploads[0]?.phase).toBe("waiting");
    expect(reduceUploads(lost, { kind: "progress", key: "a", sentBytes: 1 }).uploads[0]?.phase).toBe(
      "sending",
    );
  });

  it("hears nothing more of a cancelled file until it is tried again", () => {
    const cancelled = after(added("a"), { kind: "started", key: "a" }, { kind: "cancelled", key: "a" });
    expect(reduceUploads(cancelled, { kind: "progress", key: "a", sentBytes: 9 })).toBe(cancelled);
    expect(reduceUploads(cancelled, { kind: "sent", key: "a", assetId: "x" })).toBe(cancelled);
    expect(reduceUploads(cancelled, { kind: "retried", key: "a" }).uploads[0]?.phase).toBe("queued");
  });

  it("keeps what is under way when the list is cleared", () => {
    const state = after(
      added("a", "b", "c"),
      { kind: "started", key: "a" },
      { kind: "sent", key: "a", assetId: "x" },
      { kind: "failed", key: "b", failure },
      { kind: "cleared" },
    );
    expect(state.uploads.map((one) => one.key)).toEqual(["c"]);
  });

  it("never loses or invents a file and never counts more bytes than there are", () => {
    const key = fc.constantFrom("a", "b", "c");
    const event: fc.Arbitrary<UploadEvent> = fc.oneof(
      key.map((one): UploadEvent => ({ kind: "started", key: one })),
      fc
        .tuple(key, fc.nat(500))
        .map(([one, sentBytes]): UploadEvent => ({ kind: "progress", key: one, sentBytes })),
      key.map((one): UploadEvent => ({ kind: "lost", key: one })),
      key.map((one): UploadEvent => ({ kind: "sent", key: one, assetId: one })),
      key.map((one): UploadEvent => ({ kind: "failed", key: one, failure })),
      key.map((one): UploadEvent => ({ kind: "cancelled", key: one })),
      key.map((one): UploadEvent => ({ kind: "retried", key: one })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const state = after(added("a", "b", "c"), ...events);
        expect(state.uploads.map((one) => one.key)).toEqual(["a", "b", "c"]);
        const { fraction, sentBytes, sizeBytes } = summary(state);
        expect(sentBytes).toBeLessThanOrEqual(sizeBytes);
        expect(fraction).toBeGreaterThanOrEqual(0);
        expect(fraction).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("startable", () => {
  it("keeps at most the given number moving, in order", () => {
    const state = after(added("a", "b", "c", "d"), { kind: "started", key: "b" }, { kind: "lost", key: "b" });
    expect(startable(state, 3).map((one) => one.key)).toEqual(["a", "c"]);
    expect(startable(state, 1)).toEqual([]);
  });
});

describe("summary", () => {
  it("leaves out what failed and is whole when all is sent", () => {
    const state = after(
      added("a", "b"),
      { kind: "started", key: "a" },
      { kind: "sent", key: "a", assetId: "x" },
      { kind: "failed", key: "b", failure },
    );
    expect(summary(state)).toMatchObject({ underWay: 0, sent: 1, failed: 1, fraction: 1 });
    expect(state.uploads.some(isUnderWay)).toBe(false);
  });
});
