import { appError, ERRORS } from "@vitrine/core/model/errors";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Caller, type FailedCall, startRefusals } from "./refusals.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

const VIEWER: Caller = { actor: { kind: "user", id: "viewer" }, organization: { id: "shop" } };

/** A record, and what a log has of it by now: message, request, and how many more calls the line stands for. */
function open() {
  const lines: string[] = [];
  const refusals = startRefusals(pino({ base: null }, { write: (line: string) => void lines.push(line) }));
  const note = (call: Partial<FailedCall> = {}) =>
    refusals.note({
      failure: appError("PERMISSION_MISSING", { permission: "devices.edit" }),
      path: "devices.update",
      requestId: "first",
      remoteAddress: "192.0.2.1",
      caller: VIEWER,
      ...call,
    });
  const told = () => lines.map((line) => JSON.parse(line)).map((one) => [one.msg, one.requestId, one.times]);
  return { refusals, note, told, lines };
}

test("ten thousand equal refusals are a line at once, and one a minute with their number and the last of them", () => {
  const { note, told } = open();
  for (let count = 0; count < 10_000; count += 1) note({ requestId: `${count}` });
  expect(told()).toEqual([["a call was refused", "0", undefined]]);
  vi.advanceTimersByTime(60_000);
  expect(told().slice(1)).toEqual([["more calls were refused", "9999", 9_999]]);
  vi.advanceTimersByTime(60_000);
  expect(told()).toHaveLength(2);
  note({ requestId: "later" });
  expect(told().at(-1)).toEqual(["a call was refused", "later", undefined]);
});

test("another person, organization, procedure, reason or permission is a line of its own", () => {
  const { note, told } = open();
  note();
  note({ caller: { ...VIEWER, actor: { kind: "user", id: "another" } } });
  note({ caller: { ...VIEWER, organization: { id: "another" } } });
  note({ path: "devices.remove" });
  note({ failure: appError("STEP_UP_REQUIRED") });
  note({ failure: appError("PERMISSION_MISSING", { permission: "devices.view" }) });
  note({ remoteAddress: "192.0.2.2" });
  expect(told()).toHaveLength(6);
});

test("a stranger is a network, and of many in a minute a thousand are told apart and the others counted", () => {
  const { note, told, refusals } = open();
  const knock = (remoteAddress: string) => note({ caller: null, remoteAddress });
  knock("2001:db8::1");
  knock("2001:db8::2");
  for (let count = 0; count < 3_000; count += 1) knock(`198.18.${count >> 8}.${count & 255}`);
  expect(told()).toHaveLength(1_000);
  note({ requestId: "known" });
  expect(told().at(-1)).toEqual(["a call was refused", "known", undefined]);
  refusals[Symbol.dispose]();
  expect(told().slice(1_001)).toEqual([
    ["more calls were refused", "first", 1],
    ["calls of further strangers were refused", undefined, 2_001],
  ]);
});

test("what is not found, not well said or too much is no refusal; whatever is forbidden is, and what is not right", () => {
  const { note, told, lines } = open();
  note({ failure: appError("NOT_FOUND") });
  note({ failure: appError("INVALID_INPUT", { issues: [] }) });
  note({ failure: appError("TOO_MANY_REQUESTS", { retryAfterSeconds: 1 }) });
  note({ failure: appError("NOT_SIGNED_IN") });
  expect(told()).toEqual([]);
  note({ failure: appError("INVITATION_FOR_ANOTHER", { email: "sam@example.com" }) });
  note({ failure: appError("WRONG_CODE") });
  expect(told()).toHaveLength(2);
  expect(lines.join()).not.toContain("sam@example.com");
  expect(ERRORS.INVITATION_FOR_ANOTHER.transport).toBe("FORBIDDEN");
});
