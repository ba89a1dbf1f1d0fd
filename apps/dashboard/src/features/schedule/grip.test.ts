import { expect, test } from "vitest";
import { heldAt, nudged, SNAP_MS } from "./grip.ts";
import { localText, MINUTE_MS, wallOf } from "./wall-time.ts";

const at = (time: string) => wallOf(`2026-11-24T${time}`);
const said = ({ start, end }: { start: number; end: number }) => [localText(start), localText(end)];
const span = { start: at("09:05"), end: at("11:05") };

test("dragging down or up the empty grid spans whole quarters, at least one", () => {
  const grip = { kind: "create", anchor: at("09:07") } as const;
  expect(said(heldAt(grip, at("10:31")))).toEqual(["2026-11-24T09:00", "2026-11-24T10:45"]);
  expect(said(heldAt(grip, at("08:20")))).toEqual(["2026-11-24T08:15", "2026-11-24T09:15"]);
  expect(said(heldAt(grip, at("09:07")))).toEqual(["2026-11-24T09:00", "2026-11-24T09:15"]);
});

test("a moved block keeps its length and snaps its start; a twitch leaves it where it was", () => {
  const grip = { kind: "move", span, grab: at("10:00") } as const;
  expect(said(heldAt(grip, wallOf("2026-11-26T12:08")))).toEqual(["2026-11-26T11:15", "2026-11-26T13:15"]);
  expect(heldAt(grip, at("10:00") + 5 * MINUTE_MS)).toBe(span);
});

test("an edge follows the pointer and never passes the other one", () => {
  expect(said(heldAt({ kind: "end", span }, at("12:20")))).toEqual(["2026-11-24T09:05", "2026-11-24T12:15"]);
  expect(heldAt({ kind: "end", span }, at("07:00")).end).toBe(span.start + SNAP_MS);
  expect(heldAt({ kind: "start", span }, at("23:00")).start).toBe(span.end - SNAP_MS);
});

test("keys move both ends, or the end alone and never before the start", () => {
  expect(said(nudged(span, "both", -SNAP_MS))).toEqual(["2026-11-24T08:50", "2026-11-24T10:50"]);
  expect(nudged(span, "end", -100 * SNAP_MS).end).toBe(span.start + SNAP_MS);
});
