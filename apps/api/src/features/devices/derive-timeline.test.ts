import { expect, test } from "vitest";
import { deriveTimeline, MAX_STRETCHES, type TimelineEvent, type TimelineFacts } from "./derive-timeline.ts";

const MINUTE_MS = 60_000;
const ZERO_MS = Date.UTC(2026, 10, 20);

/** Events at minutes after the beginning of the range. */
function event(minute: number, kind: TimelineEvent["kind"], data: TimelineEvent["data"] = {}): TimelineEvent {
  return { atMs: ZERO_MS + minute * MINUTE_MS, kind, data };
}

/** The stretches as `status minutes`, with why where there is a reason. */
function derive(events: TimelineEvent[], minutes: number, now: TimelineFacts["now"] = null) {
  const { stretches, playingShare } = deriveTimeline({
    events,
    fromMs: ZERO_MS,
    untilMs: ZERO_MS + minutes * MINUTE_MS,
    now,
  });
  const told = stretches.map(({ status, from, until, because }) => {
    const length = (Date.parse(until) - Date.parse(from)) / MINUTE_MS;
    return `${status} ${length}${because === null ? "" : ` ${because}`}`;
  });
  return { told, playingShare };
}

const PLAYING = [event(-20, "paired"), event(-19, "connected"), event(-18, "state", { state: "playing" })];

test("nothing is known before a history begins, and a screen that was paired was not heard before it was", () => {
  expect(derive([], 10)).toEqual({ told: ["unknown 10"], playingShare: null });
  const events = [event(2, "paired"), event(4, "connected"), event(4, "state", { state: "syncing" })];
  expect(derive([...events, event(5, "state", { state: "playing" })], 10)).toEqual({
    told: ["unknown 2", "offline 2 paired", "syncing 1 state", "playing 5 state"],
    playingShare: 5 / 8,
  });
});

test("what it was when the range began goes on into it", () => {
  expect(derive(PLAYING, 10)).toEqual({ told: ["playing 10"], playingShare: 1 });
});

test("silence is offline until it is heard again", () => {
  const events = [
    ...PLAYING,
    event(2, "lost"),
    event(3, "state", { state: "playing" }),
    event(6, "connected"),
  ];
  expect(derive(events, 10).told).toEqual(["playing 2", "offline 4 lost", "playing 4 connected"]);
});

test("a fault is trouble until the last one is over, and so is a stage that is being brought back", () => {
  const events = [
    ...PLAYING,
    event(1, "fault", { fault: "disk_full" }),
    event(2, "fault", { fault: "clock_wrong" }),
    event(3, "fault_over", { fault: "disk_full" }),
    event(4, "fault_over", { fault: "clock_wrong" }),
    event(5, "recovering"),
    event(6, "recovered"),
  ];
  expect(derive(events, 10).told).toEqual([
    "playing 1",
    "trouble 3 fault",
    "playing 1 fault_over",
    "trouble 1 recovering",
    "playing 4 recovered",
  ]);
});

test("a player that starts anew has no faults any more, and claims nothing until it says what it does", () => {
  const events = [
    ...PLAYING,
    event(1, "fault", { fault: "disk_full" }),
    event(2, "started", { reason: "crash" }),
    event(3, "state", { state: "playing" }),
  ];
  expect(derive(events, 5).told).toEqual([
    "playing 1",
    "trouble 1 fault",
    "unknown 1 started",
    "playing 2 state",
  ]);
});

test("a stop that the server did not notice ends with the next start", () => {
  const events = [event(1, "stopped"), event(2, "started", { reason: "restart" })];
  const after = [event(2, "state", { state: "playing" })];
  expect(derive([...PLAYING, ...events, ...after], 5).told).toEqual([
    "playing 1",
    "offline 1 stopped",
    "playing 3 state",
  ]);
});

test("an orderly stop and a revocation are offline", () => {
  expect(derive([...PLAYING, event(3, "stopped"), event(3, "lost")], 5).told).toEqual([
    "playing 3",
    "offline 2 stopped",
  ]);
  expect(derive([...PLAYING, event(3, "revoked")], 5).told).toEqual(["playing 3", "offline 2 revoked"]);
});

test("what is known now ends the range, from the last beat on", () => {
  const at = (minute: number) => ZERO_MS + minute * MINUTE_MS;
  expect(derive(PLAYING, 10, { status: "trouble", lastHeardAtMs: at(9) }).told).toEqual([
    "playing 9",
    "trouble 1",
  ]);
  expect(derive(PLAYING, 10, { status: "offline", lastHeardAtMs: at(8) }).told).toEqual([
    "playing 8",
    "offline 2 lost",
  ]);
  expect(derive(PLAYING, 10, { status: "playing", lastHeardAtMs: at(9) }).told).toEqual(["playing 10"]);
  expect(derive([event(-5, "connected")], 10, { status: "playing", lastHeardAtMs: at(9) }).told).toEqual([
    "unknown 9",
    "playing 1",
  ]);
  expect(derive([], 10, { status: "never", lastHeardAtMs: null }).told).toEqual(["unknown 10"]);
  const syncing = [event(-2, "connected"), event(-1, "state", { state: "syncing" })];
  expect(derive(syncing, 10, { status: "idle", lastHeardAtMs: at(9) }).told).toEqual(["idle 10"]);
});

test("stretches are without gaps, and never more than a page can show", () => {
  const events = [...PLAYING];
  for (let one = 0; one < 5_000; one++) {
    events.push(event(one, one % 2 === 0 ? "lost" : "connected"));
    if (one % 10 === 0) events.push(event(one + 0.01, "connected"));
  }
  const facts = { events: events.sort((a, b) => a.atMs - b.atMs), fromMs: ZERO_MS, now: null };
  const { stretches } = deriveTimeline({ ...facts, untilMs: ZERO_MS + 5_000 * MINUTE_MS });
  expect(stretches.length).toBeLessThanOrEqual(MAX_STRETCHES);
  expect(stretches[0]?.from).toBe(new Date(ZERO_MS).toISOString());
  expect(stretches.at(-1)?.until).toBe(new Date(ZERO_MS + 5_000 * MINUTE_MS).toISOString());
  for (const [place, one] of stretches.entries()) {
    if (place > 0) expect(one.from).toBe(stretches[place - 1]?.until);
  }
});
