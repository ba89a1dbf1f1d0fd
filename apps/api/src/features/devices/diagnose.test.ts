import { DIAGNOSIS_CODES, type Diagnosis } from "@vitrine/core/model/device-health";
import { expect, test } from "vitest";
import { type DiagnosisFacts, diagnose } from "./diagnose.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 12);
const EARLIER = new Date(NOW_MS - 600_000);

const CALM: DiagnosisFacts = {
  nowMs: NOW_MS,
  status: "playing",
  offlineReason: null,
  revokedAt: null,
  lastHeardAt: new Date(NOW_MS - 10_000),
  identityCopiedAt: null,
  isShowing: true,
  isUpToDate: true,
  isRecovering: false,
  faults: [],
  sync: null,
  vitals: null,
  display: null,
  update: null,
  content: { isThere: true, isDueNow: true },
  events: [],
};
const DISPLAY = {
  backend: "x11",
  output: "HDMI-1",
  desired: "on",
  observed: "on",
  problem: null,
} as const;
const VITALS = {
  uptimeSeconds: 1,
  memoryUsedBytes: null,
  diskFreeBytes: null,
  cpuLoad: null,
  temperatureCelsius: null,
  clockOffsetMs: 0,
  clockErrorMs: null,
  stageRestarts: 0,
  memoryTotalBytes: null,
  diskTotalBytes: null,
  cacheBytes: null,
  cacheLimitBytes: null,
  engineBytes: null,
  stageBytes: null,
  playsWaiting: null,
  framesDropped: null,
  network: null,
};
const fileIn = (state: "downloading" | "retrying" | "set_aside") => ({
  filesReady: 1,
  filesTotal: 3,
  bytesReady: 10,
  bytesTotal: 30,
  missing: [
    { sha256: "a".repeat(64), sizeBytes: 20, bytesReady: 0, state, failures: 2, problem: "Not found" },
  ],
});
const fault = (kind: string): Partial<DiagnosisFacts> => ({
  faults: [{ kind, text: `It is ${kind}` }],
  events: [{ at: EARLIER, kind: "fault", data: { fault: kind, text: "" } }],
});

/** What brings each about, with the effect it then has. */
const CASES: Record<Diagnosis["code"], [facts: Partial<DiagnosisFacts>, effect: Diagnosis["effect"]][]> = {
  revoked: [[{ status: "revoked", offlineReason: "revoked", revokedAt: EARLIER }, "offline"]],
  never_connected: [[{ status: "never", offlineReason: "never_connected", lastHeardAt: null }, "offline"]],
  stopped_on_purpose: [[{ status: "offline", offlineReason: "stopped_on_purpose" }, "offline"]],
  connection_lost: [[{ status: "offline", offlineReason: "connection_lost" }, "offline"]],
  identity_copied: [[{ identityCopiedAt: EARLIER }, "note"]],
  display_off: [[{ display: { ...DISPLAY, desired: "off", observed: "off" } }, "black"]],
  display_problem: [
    [{ display: { ...DISPLAY, observed: "off", problem: "No answer" } }, "black"],
    [{ display: { ...DISPLAY, desired: "off" } }, "note"],
    [{ display: { ...DISPLAY, observed: "unknown", problem: "No cec-ctl" } }, "note"],
  ],
  stage_recovering: [[{ isRecovering: true, isShowing: false }, "black"]],
  nothing_to_play: [[{ content: { isThere: false, isDueNow: false }, isShowing: false }, "black"]],
  nothing_scheduled_now: [[{ content: { isThere: true, isDueNow: false }, isShowing: false }, "black"]],
  all_content_failing: [[{ ...fault("content_set_aside"), isShowing: false }, "black"]],
  content_failing: [[fault("content_set_aside"), "note"]],
  downloading: [
    [{ sync: fileIn("downloading"), isUpToDate: false }, "behind"],
    [{ sync: fileIn("downloading"), isUpToDate: false, isShowing: false }, "black"],
  ],
  download_failing: [
    [{ sync: fileIn("retrying"), isUpToDate: false, ...fault("file_gone") }, "behind"],
    [{ sync: fileIn("set_aside"), isUpToDate: false, isShowing: false }, "black"],
  ],
  disk_full: [[fault("disk_full"), "note"]],
  disk_read_only: [[fault("disk_read_only"), "note"]],
  manifest_refused: [[{ ...fault("manifest_refused"), isUpToDate: false }, "behind"]],
  manifest_out_of_date: [[fault("manifest_out_of_date"), "behind"]],
  not_fetched_yet: [
    [{ isUpToDate: false }, "behind"],
    [{ isUpToDate: false, isShowing: false }, "black"],
  ],
  clock_wrong: [
    [fault("clock_wrong"), "note"],
    [{ vitals: { ...VITALS, clockOffsetMs: -3_600_000 } }, "note"],
  ],
  update_rolled_back: [
    [{ update: { channel: "stable", state: "rolled_back", version: "2", problem: "No pulse" } }, "note"],
  ],
  often_restarting: [
    [
      {
        events: [1, 2, 3].map((one) => ({
          at: new Date(NOW_MS - one * 60_000),
          kind: one === 2 ? ("recovering" as const) : ("started" as const),
          data: {},
        })),
      },
      "note",
    ],
    [fault("often_restarting"), "note"],
  ],
  other_fault: [[fault("plays_dropped"), "note"]],
};

test("of a screen that plays what it should nothing is said", () => {
  expect(diagnose(CALM)).toEqual([]);
  const fine = {
    display: DISPLAY,
    vitals: VITALS,
    update: { channel: "stable", state: "current" as const, version: null, problem: null },
  };
  expect(diagnose({ ...CALM, ...fine })).toEqual([]);
});

test.each(DIAGNOSIS_CODES)("%s is said when it is so, and alone", (code) => {
  for (const [facts, effect] of CASES[code]) {
    expect(diagnose({ ...CALM, ...facts })).toMatchObject([{ code, effect }]);
  }
});

test("what matters most comes first, and a silent screen is not told of what only its picture lacks", () => {
  const facts = {
    ...CALM,
    ...fault("disk_full"),
    isShowing: false,
    isUpToDate: false,
    sync: fileIn("retrying"),
    identityCopiedAt: EARLIER,
    display: { ...DISPLAY, observed: "off" as const },
  };
  expect(diagnose(facts).map(({ code }) => code)).toEqual([
    "display_problem",
    "download_failing",
    "disk_full",
    "identity_copied",
  ]);
  const silent = { ...facts, status: "offline", offlineReason: "connection_lost" } as const;
  expect(diagnose(silent).map(({ code }) => code)).toEqual([
    "connection_lost",
    "disk_full",
    "identity_copied",
  ]);
});

test("since when is said where the history knows", () => {
  expect(diagnose({ ...CALM, ...fault("disk_full") })).toEqual([
    { code: "disk_full", effect: "note", since: EARLIER.toISOString(), data: { text: "It is disk_full" } },
  ]);
});
