import { afterEach, expect, test, vi } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { makeLog } from "../platform/log.ts";
import { startFailedSignIns } from "./failed-sign-ins.ts";

const TRACE = {
  kind: "signInFailed",
  remoteAddress: "192.0.2.1",
  userAgent: "",
  detail: {},
  mails: [],
} as const;

afterEach(() => {
  vi.useRealTimers();
});

test("what was noted is written together at the latest at the end, at most fifty of a person", async () => {
  const write = vi.fn(async () => {});
  const failed = startFailedSignIns({
    authDatabase: { noteFailedSignIns: write },
    clock: systemClock,
    log: makeLog("silent"),
  });
  for (let count = 0; count < 60; count += 1) failed.note("one", TRACE);
  failed.note("other", TRACE);
  expect(write).not.toHaveBeenCalled();
  await failed[Symbol.asyncDispose]();
  expect(write).toHaveBeenCalledOnce();
  expect(write.mock.lastCall).toMatchObject([
    [...Array(50).fill({ userId: "one", trace: TRACE, at: expect.any(Date) }), { userId: "other" }],
  ]);
});

test("they are written in turns, and a turn that fails ends none to come", async () => {
  vi.useFakeTimers();
  const write = vi.fn(async () => {}).mockRejectedValueOnce(new Error("no database"));
  await using failed = startFailedSignIns({
    authDatabase: { noteFailedSignIns: write },
    clock: systemClock,
    log: makeLog("silent"),
  });
  for (const userId of ["one", "other"]) {
    failed.note(userId, TRACE);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(write).toHaveBeenLastCalledWith([expect.objectContaining({ userId })]);
  }
});
