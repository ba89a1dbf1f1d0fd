import { DEVICE_STATUSES } from "@vitrine/core/model/device";
import { describe, expect, it } from "vitest";
import { confirmedSteps } from "./pairing-steps.ts";

const playlist = { id: "p", name: "Loop" };
const fresh = {
  status: "never",
  effectivePlaylist: playlist,
  lastHeardAt: null,
  sync: null,
  isUpToDate: false,
} as const;
const heard = { ...fresh, lastHeardAt: "2026-03-03T12:00:00.000Z" } as const;
const states = (device: Parameters<typeof confirmedSteps>[0]) =>
  confirmedSteps(device).map((step) => step.state);

describe("confirmedSteps", () => {
  it("claims nothing of a screen that was not heard yet", () => {
    expect(states(fresh)).toEqual(["done", "now", "waiting", "waiting"]);
  });

  it("goes on as the screen confirms: heard, files there, playing", () => {
    const sync = { filesReady: 1, filesTotal: 2, bytesReady: 10, bytesTotal: 20 };
    expect(states({ ...heard, status: "syncing", sync })).toEqual(["done", "done", "now", "waiting"]);
    const whole = { ...sync, filesReady: 2, bytesReady: 20 };
    expect(states({ ...heard, status: "syncing", sync: whole, isUpToDate: true })).toEqual([
      "done",
      "done",
      "done",
      "now",
    ]);
    expect(states({ ...heard, status: "playing", isUpToDate: true })).toEqual([
      "done",
      "done",
      "done",
      "done",
    ]);
  });

  it("says that nothing will play where there is nothing to play", () => {
    expect(states({ ...heard, status: "idle", effectivePlaylist: null, isUpToDate: true }).at(-1)).toBe(
      "nothing",
    );
  });

  it("never says playing for any other status", () => {
    for (const status of DEVICE_STATUSES.filter((one) => one !== "playing")) {
      const last = confirmedSteps({ ...heard, status, isUpToDate: true }).at(-1);
      expect(last?.state).not.toBe("done");
    }
  });
});
