import { createEntryInput, type EntryView } from "@vitrine/core/model/entry";
import { expect, test } from "vitest";
import { entryResolver } from "./entry-resolver.ts";
import { blankValues, inputOf, valuesOf, withEndTime, withStart } from "./entry-values.ts";
import { wallOf } from "./wall-time.ts";

const BERLIN = "Europe/Berlin";
const EVERYWHERE = { isEverywhere: true, devices: [], groups: [], tags: [] };
const span = { start: wallOf("2026-11-24T22:00"), end: wallOf("2026-11-25T02:00") };
const blank = blankValues(span, EVERYWHERE);
const words = { content: "C", targets: "T", date: "D", time: "H", share: "S", priority: "P" };
const ID = "0195a3c2-7b1e-7c3d-9a10-000000000001";

const view: EntryView = {
  id: ID,
  name: "Happy hour",
  kind: "interrupt",
  content: { kind: "playlist", playlistId: ID },
  priority: 5,
  timeZone: "America/New_York",
  when: {
    start: "2026-11-23T17:00:30",
    end: "2026-11-23T19:00",
    recurrence: "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
    exceptDates: ["2026-12-21", "2026-12-07"],
    extraDates: [],
  },
  validFrom: "2026-11-01T05:00:00.000Z",
  validUntil: null,
  daypartIds: [],
  startsExactly: true,
  sharePercent: 12.5,
  zoneName: null,
  shown: { name: "Drinks", isPresent: true, isHidden: false, thumbnailUrl: null },
  targets: { isEverywhere: false, devices: [{ id: ID, name: "Bar" }], groups: [], tags: ["bar"] },
  isEnabled: true,
  isActive: true,
  endsAt: null,
  createdAt: "2026-11-01T00:00:00.000Z",
  updatedAt: "2026-11-01T00:00:00.000Z",
  businessId: null,
  createdByName: null,
};

test("an entry that is read and not changed is written as it was, also what has no control", () => {
  const read = createEntryInput.parse(inputOf(valuesOf(view, BERLIN, span.start), BERLIN));
  expect(read).toMatchObject({
    name: "Happy hour",
    kind: "interrupt",
    priority: 5,
    timeZone: "America/New_York",
    when: { ...view.when, exceptDates: ["2026-12-07", "2026-12-21"] },
    validFrom: view.validFrom,
    validUntil: null,
    startsExactly: true,
    sharePercent: 12.5,
    targets: { isEverywhere: false, deviceIds: [ID], groupIds: [], tags: ["bar"] },
  });
});

test("what is always on loses its times, what is once its rule", () => {
  const values = valuesOf(view, BERLIN, span.start);
  expect(inputOf({ ...values, when: { ...values.when, kind: "always" } }, BERLIN)).toMatchObject({
    when: null,
  });
  expect(inputOf({ ...values, when: { ...values.when, kind: "once" } }, BERLIN)).toMatchObject({
    when: { recurrence: null, exceptDates: [], extraDates: [] },
  });
});

test("a start that moves takes its end along", () => {
  expect(withStart(blank.when, { startTime: "23:30" })).toMatchObject({
    endDate: "2026-11-25",
    endTime: "03:30",
  });
  expect(withStart(blank.when, { startDate: "2026-12-31" })).toMatchObject({
    endDate: "2027-01-01",
    endTime: "02:00",
  });
  expect(withStart(blank.when, { startTime: "" })).toMatchObject({ startTime: "", endTime: "02:00" });
});

test("an end before the start is on the next day", () => {
  expect(withEndTime(blank.when, "23:00").endDate).toBe("2026-11-24");
  expect(withEndTime(blank.when, "05:00").endDate).toBe("2026-11-25");
  const long = { ...blank.when, endDate: "2026-11-29" };
  expect(withEndTime(long, "05:00").endDate).toBe("2026-11-29");
});

test("each fault is said of its own field", async () => {
  const check = async (part: object) => {
    const { errors } = await entryResolver(BERLIN, words)({ ...blank, ...part }, undefined, {
      fields: {},
      shouldUseNativeValidation: false,
    });
    return errors;
  };
  expect(await check({})).toMatchObject({ content: { message: "C" } });
  const content = { kind: "playlist", id: ID, name: "Drinks", thumbnailUrl: null, isPresent: true };
  expect(await check({ content })).toEqual({});
  expect(await check({ content, targets: { ...EVERYWHERE, isEverywhere: false } })).toMatchObject({
    targets: { message: "T" },
  });
  expect(await check({ content, when: { ...blank.when, endDate: "2026-11-24" } })).toMatchObject({
    when: { endDate: { message: "Ends before it starts" } },
  });
  expect(await check({ content, when: { ...blank.when, startTime: "" } })).toMatchObject({
    when: { startTime: { message: "H" } },
  });
  expect(await check({ content, kind: "interrupt", sharePercent: "200" })).toMatchObject({
    sharePercent: { message: "S" },
  });
  expect(await check({ content, priority: "high" })).toMatchObject({ priority: { message: "P" } });
  expect(
    await check({ content, validFrom: "2026-12-01T00:00", validUntil: "2026-11-01T00:00" }),
  ).toMatchObject({ validUntil: { message: "Ends before it starts" } });
});
