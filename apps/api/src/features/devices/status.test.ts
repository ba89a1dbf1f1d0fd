import { describe, expect, it } from "vitest";
import { type BeatFacts, deriveStatus, judgeBeat, type StatusFacts } from "./status.ts";

const calm: BeatFacts = {
  isShowing: true,
  isSyncing: false,
  hasContent: true,
  faultCount: 0,
  sinceRestartMs: null,
  behindMs: 0,
  unconfirmedMs: 0,
};

describe("judgeBeat", () => {
  it.each<[string, Partial<BeatFacts>, string]>([
    ["confirms a picture", {}, "playing"],
    [
      "confirms a picture while the next manifest is fetched",
      { isSyncing: true, behindMs: 3_600_000 },
      "playing",
    ],
    ["confirms a picture, new manifest four minutes old", { behindMs: 240_000 }, "playing"],
    ["confirms a picture of a manifest replaced five minutes ago", { behindMs: 300_000 }, "trouble"],
    ["has nothing to play", { isShowing: false, hasContent: false }, "idle"],
    [
      "has nothing to play and says it syncs",
      { isShowing: false, hasContent: false, isSyncing: true },
      "idle",
    ],
    ["fetches its first files", { isShowing: false, isSyncing: true, unconfirmedMs: 3_600_000 }, "syncing"],
    ["has all and is about to show", { isShowing: false, unconfirmedMs: 59_999 }, "syncing"],
    ["has all and shows nothing for a minute", { isShowing: false, unconfirmedMs: 60_000 }, "trouble"],
    ["plays but reports a fault", { faultCount: 1 }, "trouble"],
    ["is idle but reports a fault", { isShowing: false, hasContent: false, faultCount: 1 }, "trouble"],
    ["plays, its stage restarted just now", { sinceRestartMs: 0 }, "trouble"],
    ["plays, its stage restarted five minutes ago", { sinceRestartMs: 300_000 }, "playing"],
  ])("%s", (_name, facts, expected) => {
    expect(judgeBeat({ ...calm, ...facts })).toBe(expected);
  });
});

describe("deriveStatus", () => {
  const nowMs = 1_000_000;
  const heard: StatusFacts = {
    isActive: true,
    lastHeardAtMs: nowMs,
    isStopping: false,
    condition: "playing",
  };

  it.each<[string, Partial<StatusFacts>, string, string | null]>([
    ["heard just now", {}, "playing", null],
    ["heard 75 s ago", { lastHeardAtMs: nowMs - 75_000 }, "playing", null],
    ["heard longer ago", { lastHeardAtMs: nowMs - 75_001 }, "offline", "connection_lost"],
    ["stopped in order, just now", { isStopping: true }, "offline", "stopped_on_purpose"],
    ["stopped in order, days ago", { isStopping: true, lastHeardAtMs: 0 }, "offline", "stopped_on_purpose"],
    ["never heard", { lastHeardAtMs: null, condition: null }, "never", "never_connected"],
    ["revoked while playing", { isActive: false }, "revoked", "revoked"],
    ["revoked before it was ever heard", { isActive: false, lastHeardAtMs: null }, "revoked", "revoked"],
    ["in trouble", { condition: "trouble" }, "trouble", null],
    ["in trouble, then silent", { condition: "trouble", lastHeardAtMs: 0 }, "offline", "connection_lost"],
    ["idle", { condition: "idle" }, "idle", null],
    ["syncing", { condition: "syncing" }, "syncing", null],
    ["a clock that was set back after the beat", { lastHeardAtMs: nowMs + 60_000 }, "playing", null],
  ])("%s", (_name, facts, status, offlineReason) => {
    expect(deriveStatus({ ...heard, ...facts }, nowMs)).toEqual({ status, offlineReason });
  });
});
