import type { ListedEntry } from "@vitrine/core/model/entry";
import { expect, test } from "vitest";
import { blocksOf, isAllDay, movedOccurrence, movedSeries, occurrenceOf, segmentsOf } from "./blocks.ts";
import { DAY_MS, HOUR_MS, wallOf } from "./wall-time.ts";

const BERLIN = "Europe/Berlin";

function entry(part: Partial<ListedEntry>): ListedEntry {
  return {
    id: "0195a3c2-7b1e-7c3d-9a10-000000000001",
    name: "Breakfast menu",
    kind: "normal",
    content: { kind: "playlist", playlistId: "0195a3c2-7b1e-7c3d-9a04-000000000000" },
    priority: 0,
    timeZone: null,
    when: {
      start: "2026-11-23T09:00",
      end: "2026-11-23T11:00",
      recurrence: "FREQ=DAILY",
      exceptDates: [],
      extraDates: [],
    },
    validFrom: null,
    validUntil: null,
    daypartIds: [],
    startsExactly: false,
    sharePercent: null,
    zoneName: null,
    shown: { name: "Breakfast", isPresent: true, isHidden: false, thumbnailUrl: null },
    targets: { isEverywhere: true, devices: [], groups: [], tags: [] },
    isEnabled: true,
    isActive: true,
    endsAt: null,
    createdAt: "2026-11-01T00:00:00.000Z",
    updatedAt: "2026-11-01T00:00:00.000Z",
    businessId: null,
    createdByName: null,
    stretches: [
      { date: "2026-11-24", startsAt: "2026-11-24T08:00:00.000Z", endsAt: "2026-11-24T10:00:00.000Z" },
    ],
    ...part,
  };
}

function only<Value>(values: readonly Value[]): Value {
  const [value] = values;
  if (value === undefined) throw new Error("There is none");
  return value;
}

test("a stretch over midnight has a part of both days, and one that ends at midnight has none of the next", () => {
  const night = blocksOf(
    [
      entry({
        stretches: [
          { date: "2026-11-24", startsAt: "2026-11-24T21:00:00.000Z", endsAt: "2026-11-25T01:00:00.000Z" },
        ],
      }),
    ],
    BERLIN,
  );
  expect(only(segmentsOf(night, "2026-11-24"))).toMatchObject({
    start: 22 * HOUR_MS,
    end: DAY_MS,
    hasTail: false,
  });
  expect(only(segmentsOf(night, "2026-11-25"))).toMatchObject({ start: 0, end: 2 * HOUR_MS, hasHead: false });
  const evening = blocksOf(
    [
      entry({
        stretches: [
          { date: "2026-11-24", startsAt: "2026-11-24T21:00:00.000Z", endsAt: "2026-11-24T23:00:00.000Z" },
        ],
      }),
    ],
    BERLIN,
  );
  expect(segmentsOf(evening, "2026-11-25")).toEqual([]);
  expect(only(segmentsOf(evening, "2026-11-24")).hasTail).toBe(true);
});

test("what is active always is on every day, above the hours", () => {
  const always = only(
    blocksOf([entry({ when: null, stretches: [{ date: null, startsAt: null, endsAt: null }] })], BERLIN),
  );
  expect(isAllDay(always)).toBe(true);
  expect(segmentsOf([always], "2030-01-01")).toHaveLength(1);
  expect(movedOccurrence(always, { start: 0, end: 1 }, BERLIN)).toBeUndefined();
});

test("a stretch that a clock change turns around is still drawn", () => {
  const block = only(
    blocksOf(
      [
        entry({
          stretches: [
            { date: "2026-10-25", startsAt: "2026-10-25T00:45:00.000Z", endsAt: "2026-10-25T01:15:00.000Z" },
          ],
        }),
      ],
      BERLIN,
    ),
  );
  expect(block.end).toBeGreaterThan(block.start);
});

test("dragging a block that a daypart cuts moves the whole occurrence by as much", () => {
  const block = only(
    blocksOf(
      [
        entry({
          stretches: [
            { date: "2026-11-24", startsAt: "2026-11-24T08:30:00.000Z", endsAt: "2026-11-24T09:00:00.000Z" },
          ],
        }),
      ],
      BERLIN,
    ),
  );
  expect(occurrenceOf(block)).toEqual({ start: wallOf("2026-11-24T09:00"), end: wallOf("2026-11-24T11:00") });
  const later = { start: block.start + DAY_MS + HOUR_MS, end: block.end + DAY_MS + HOUR_MS };
  expect(movedOccurrence(block, later, BERLIN)).toEqual({
    start: "2026-11-25T10:00",
    end: "2026-11-25T12:00",
  });
});

test("an entry with a zone of its own is moved in that zone", () => {
  const block = only(
    blocksOf(
      [
        entry({
          timeZone: "America/New_York",
          stretches: [
            { date: "2026-11-24", startsAt: "2026-11-24T14:00:00.000Z", endsAt: "2026-11-24T16:00:00.000Z" },
          ],
        }),
      ],
      BERLIN,
    ),
  );
  const later = { start: block.start + HOUR_MS, end: block.end + HOUR_MS };
  expect(movedOccurrence(block, later, BERLIN)).toEqual({
    start: "2026-11-24T10:00",
    end: "2026-11-24T12:00",
  });
  const longer = { start: block.start, end: block.end + HOUR_MS };
  expect(movedOccurrence(block, longer, BERLIN)).toEqual({
    start: "2026-11-24T09:00",
    end: "2026-11-24T12:00",
  });
});

test("a series goes by as much as one of it was moved", () => {
  const block = only(blocksOf([entry({})], BERLIN));
  expect(movedSeries(block, { start: "2026-11-25T08:30", end: "2026-11-25T12:00" })).toMatchObject({
    start: "2026-11-24T08:30",
    end: "2026-11-24T12:00",
    recurrence: "FREQ=DAILY",
  });
});
