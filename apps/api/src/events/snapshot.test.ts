import { expect, test } from "vitest";
import { covers, parseSnapshot, type Snapshot, sees, shorten } from "./snapshot.ts";

function snapshot(text: string): Snapshot {
  const parsed = parseSnapshot(text);
  if (!parsed) throw new Error(`${text} is no snapshot`);
  return parsed;
}

test("a snapshot sees what ended before it, and not what was open or began later", () => {
  const one = snapshot("10:15:10,13");
  expect([9n, 10n, 11n, 12n, 13n, 14n, 15n, 16n].map((xid) => sees(one, xid))).toEqual([
    true,
    false,
    true,
    true,
    false,
    true,
    false,
    false,
  ]);
});

test("a later snapshot covers an earlier one, never the other way round", () => {
  const earlier = snapshot("10:15:10,13");
  const later = snapshot("10:18:10,16");
  expect(covers(later, earlier)).toBe(true);
  expect(covers(earlier, later)).toBe(false);
  expect(covers(earlier, earlier)).toBe(true);
});

test("text that PostgreSQL would not write is no snapshot", () => {
  for (const text of [
    "",
    "1:2",
    "5:3:",
    "1:5:7",
    "1:5:0",
    "1:5:3,2",
    "1:5:2,",
    "0:5:",
    "a:b:",
    "1:5:2;drop",
    `${"9".repeat(20)}:1:`,
  ]) {
    expect(parseSnapshot(text), text).toBeUndefined();
  }
});

test("a shortened snapshot sees nothing that the whole one does not", () => {
  const whole = snapshot("10:20:10,12,14,16");
  const short = shorten(whole, 3);
  expect(short.text).toBe("10:10:");
  expect(covers(whole, short)).toBe(true);
  expect(shorten(whole, 4)).toBe(whole);
});
