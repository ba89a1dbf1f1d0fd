import { DEVICE_EVENT_KINDS, DIAGNOSIS_CODES } from "@vitrine/core/model/device-health";
import { createTranslator } from "use-intl";
import { describe, expect, it } from "vitest";
import { enScreen } from "../../messages/en-screen.ts";
import { diagnosisWords } from "./diagnosis-words.ts";
import { eventWords, toneOf } from "./event-words.ts";
import { judgeClock, judgeTemperature } from "./health-judgement.ts";

const HOSTILE = "<img src=x onerror=alert(1)> {count, plural, other {#}}";
/** A message that could not be made is its own path. */
const BROKEN = /(^|\s)(events|diagnosis|commands)\.|undefined|NaN|\bnone\b/;

const eventSources = {
  t: createTranslator({ locale: "en", messages: enScreen, namespace: "events" }),
  commands: createTranslator({ locale: "en", messages: enScreen, namespace: "commands" }),
  length: (ms: number) => `${ms / 60_000} min`,
};
const diagnosisSources = {
  t: createTranslator({ locale: "en", messages: enScreen, namespace: "diagnosis" }),
  bytes: (size: number) => `${size / 1_000_000} MB`,
  length: (ms: number) => `${ms / 60_000} min`,
  playlistName: null,
  freeBytes: null,
};

describe("events in words", () => {
  it.each(DEVICE_EVENT_KINDS)(
    "%s has words with and without data, and never reads it as more than text",
    (kind) => {
      const data = { reason: HOSTILE, text: HOSTILE, state: HOSTILE, version: HOSTILE, problem: HOSTILE };
      const said = [{}, data].map((one) => eventWords({ kind, data: one }, eventSources).title);
      for (const title of said) {
        expect(title.length).toBeGreaterThan(3);
        if (kind !== "fault" && kind !== "fault_over" && kind !== "command")
          expect(title).not.toMatch(BROKEN);
      }
    },
  );

  it.each([
    ["started", { version: "1.4.0", reason: "crash" }, "It started again after a crash (version 1.4.0)"],
    ["clock_stepped", { byMs: -3_600_000 }, "Its clock was set by 60 min"],
    ["display", { desired: "on", observed: "off" }, "The display is off, though it should be on"],
    ["display", { desired: "off", observed: "off" }, "The display is off"],
    ["command", { command: "display_off", state: "done" }, "Switch the display off: Done"],
    ["update", { state: "rolled_back", version: "2.0.0" }, "Version 2.0.0 did not play well: it went back"],
    ["fault", { fault: "disk_full", text: HOSTILE }, `Trouble: ${HOSTILE}`],
    ["fault", { fault: "disk_full" }, "Trouble: disk_full"],
  ] as const)("%s with %j", (kind, data, title) => {
    expect(eventWords({ kind, data }, eventSources).title).toBe(title);
  });

  it("gives what the screen says beside it", () => {
    expect(eventWords({ kind: "recovering", data: { reason: "no pulse" } }, eventSources).detail).toBe(
      "The screen says: no pulse",
    );
  });

  it("is alarmed by what is alarming", () => {
    expect(toneOf({ kind: "identity_copied", data: {} })).toBe("danger");
    expect(toneOf({ kind: "started", data: { reason: "crash" } })).toBe("warning");
    expect(toneOf({ kind: "started", data: { reason: "boot" } })).toBe("neutral");
  });
});

describe("causes in words", () => {
  it.each(DIAGNOSIS_CODES)("%s has a title, a sentence and what to do, with and without data", (code) => {
    for (const data of [{}, { problem: HOSTILE, times: 3, files: 2, offsetMs: 90_000, version: "2" }]) {
      const words = diagnosisWords({ code, data }, diagnosisSources);
      for (const text of [words.title, words.text, words.todo]) {
        expect(text).not.toMatch(BROKEN);
        expect(text).not.toContain("<img");
        expect(text.length).toBeGreaterThan(10);
      }
    }
  });

  it("puts figures into the sentence", () => {
    const data = { filesReady: 4, filesTotal: 9, bytesReady: 41_000_000, bytesTotal: 120_000_000 };
    expect(diagnosisWords({ code: "downloading", data }, diagnosisSources).text).toContain(
      "4 of 9 files are there (41 MB / 120 MB)",
    );
    expect(
      diagnosisWords({ code: "clock_wrong", data: { offsetMs: -120_000 } }, diagnosisSources).text,
    ).toContain("off by 2 min");
  });

  it("says how little room is left, and how many files fail", () => {
    const full = diagnosisWords(
      { code: "disk_full", data: {} },
      { ...diagnosisSources, freeBytes: 12_000_000 },
    );
    expect(full.text).toContain("Only 12 MB are free");
    const failing = { files: 1, problem: "The server closed the connection" };
    expect(diagnosisWords({ code: "download_failing", data: failing }, diagnosisSources)).toMatchObject({
      text: expect.stringContaining("One file fails again and again."),
      said: "The server closed the connection",
    });
  });

  it("keeps what the screen says apart", () => {
    const { said } = diagnosisWords({ code: "other_fault", data: { text: HOSTILE } }, diagnosisSources);
    expect(said).toBe(HOSTILE);
  });
});

it("judges heat and clocks", () => {
  expect([54, 72, 85].map(judgeTemperature)).toEqual(["ok", "high", "tooHigh"]);
  expect([-400, 5_000, -5_000].map(judgeClock)).toEqual(["right", "behind", "ahead"]);
});
