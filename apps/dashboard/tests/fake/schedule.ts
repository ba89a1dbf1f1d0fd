import type {
  createEntryInput,
  EntryView,
  LintView,
  listEntriesInput,
  moveOccurrenceInput,
  removeOccurrenceInput,
  updateEntryInput,
} from "@vitrine/core/model/entry";
import { appError } from "@vitrine/core/model/errors";
import type { Occurrences } from "@vitrine/core/model/schedule";
import {
  activitiesOf,
  dayBounds,
  localDateAt,
  moveOccurrence,
  removeOccurrence,
} from "@vitrine/core/schedule";
import type * as z from "zod";
import { DAYPARTS } from "./dayparts.ts";
import type { Answers } from "./router.ts";
import { idOf, minutesAgo } from "./things.ts";

/** An entry of this number; it plays the playlist “All day” on all screens, always, unless told otherwise. */
export function entryOf(number: number, name: string, part: Partial<EntryView> = {}): EntryView {
  return {
    id: idOf(10, number),
    businessId: null,
    name,
    kind: "normal",
    content: { kind: "playlist", playlistId: idOf(4, 0) },
    priority: 0,
    timeZone: null,
    when: null,
    validFrom: null,
    validUntil: null,
    daypartIds: [],
    startsExactly: false,
    sharePercent: null,
    zoneName: null,
    shown: { name: "All day", isPresent: true, isHidden: false, thumbnailUrl: `/media/${number}.svg` },
    targets: { isEverywhere: true, devices: [], groups: [], tags: [] },
    isEnabled: true,
    isActive: true,
    endsAt: null,
    createdAt: minutesAgo(10_000 - number),
    updatedAt: minutesAgo(5_000 - number),
    createdByName: "Mara Lindqvist",
    ...part,
  };
}

/** Local times, with a rule or without. */
export function times(start: string, end: string, recurrence: string | null = null): Occurrences {
  return { start, end, recurrence, exceptDates: [], extraDates: [] };
}

/** A week of a café: what repeats has done so since September 2026, the rest is in the last week of November. */
export const ENTRIES: readonly EntryView[] = [
  entryOf(1, "House loop"),
  entryOf(2, "Breakfast menu", {
    when: times("2026-09-07T07:00", "2026-09-07T10:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
  }),
  entryOf(3, "Lunch", { priority: 10, when: times("2026-09-01T11:00", "2026-09-01T14:30", "FREQ=DAILY") }),
  entryOf(4, "Coffee and cake", {
    when: times("2026-09-02T14:00", "2026-09-02T17:00", "FREQ=WEEKLY;BYDAY=WE,TH,FR,SA"),
  }),
  entryOf(5, "Happy hour", {
    kind: "interrupt",
    sharePercent: 25,
    when: times("2026-09-04T16:00", "2026-09-04T18:30", "FREQ=WEEKLY;BYDAY=FR,SA"),
  }),
  entryOf(6, "Gift cards", { kind: "interrupt", sharePercent: 10 }),
  entryOf(7, "Bar night", {
    when: times("2026-09-04T22:00", "2026-09-05T02:00", "FREQ=WEEKLY;BYDAY=FR,SA"),
  }),
  entryOf(8, "Fire drill", { kind: "override", when: times("2026-11-26T08:30", "2026-11-26T09:15") }),
  entryOf(9, "Staff wanted", {
    when: times("2026-11-24T15:00", "2026-11-24T17:00"),
    shown: { name: "Staff wanted", isPresent: false, isHidden: false, thumbnailUrl: null },
  }),
  entryOf(10, "Brunch on Sundays, with everything that the kitchen has, until it has no more of it", {
    isEnabled: false,
    when: times("2026-09-06T09:00", "2026-09-06T13:00", "FREQ=WEEKLY;BYDAY=SU"),
  }),
  entryOf(11, "Advent window", { priority: 5, when: times("2026-11-26T00:00", "2026-12-24T18:00") }),
  entryOf(12, "Tasting for the team", {
    when: times("2026-11-25T09:00", "2026-11-25T10:00"),
    targets: { isEverywhere: false, devices: [], groups: [{ id: idOf(12, 1), name: "Counters" }], tags: [] },
  }),
  entryOf(13, "Last workday of the month", {
    when: times(
      "2026-09-30T18:00",
      "2026-09-30T20:00",
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20291231",
    ),
  }),
];

/** What there is to say of a screen that plays these entries, in the last week of November 2026. */
export const FINDINGS: LintView["findings"] = [
  { kind: "gap", startsAt: "2026-11-24T02:00:00.000Z", endsAt: "2026-11-24T05:00:00.000Z" },
  { kind: "gap", startsAt: "2026-11-28T17:30:00.000Z", endsAt: "2026-11-28T21:00:00.000Z" },
  { kind: "always_beaten", entry: { id: idOf(10, 4), name: "Coffee and cake" } },
  {
    kind: "share_over_100",
    startsAt: "2026-11-27T15:00:00.000Z",
    percent: 120,
    entries: [
      { id: idOf(10, 5), name: "Happy hour" },
      { id: idOf(10, 6), name: "Gift cards" },
    ],
  },
  { kind: "nothing_playable", playlist: { id: idOf(4, 3), name: "Empty so far" } },
];

/** A server with a schedule that can be changed; the list that it is given is the test's own and is not changed. */
export function scheduleAnswers(entries: readonly EntryView[], findings: LintView["findings"] = []): Answers {
  let held = [...entries];
  let made = 0;
  const find = (id: string) => {
    const entry = held.find((one) => one.id === id);
    if (!entry) throw appError("NOT_FOUND");
    return entry;
  };
  const put = (entry: EntryView) => {
    held = held.some((one) => one.id === entry.id)
      ? held.map((one) => (one.id === entry.id ? entry : one))
      : [...held, entry];
    return entry;
  };
  const newId = () => {
    made += 1;
    return idOf(10, 900 + made);
  };
  return {
    "schedule.list": (input: z.infer<typeof listEntriesInput>) => {
      const rows = held
        .filter((one) => one.isActive && isFor(one, input))
        .map((one) => ({ ...one, stretches: stretchesOf(one, input) }))
        .filter((one) => input.from === undefined || one.stretches.length > 0);
      return { rows: rows.slice(0, input.limit), nextCursor: null, total: rows.length };
    },
    "schedule.get": ({ id }: { id: string }) => find(id),
    "schedule.create": (input: z.infer<typeof createEntryInput>) =>
      put(entryOf(0, input.name ?? "New", { ...written(input), id: newId() })),
    "schedule.update": ({ id, ...input }: z.infer<typeof updateEntryInput>) =>
      put({ ...find(id), ...written(input), updatedAt: new Date().toISOString() }),
    "schedule.duplicate": ({ id }: { id: string }) => {
      const entry = find(id);
      return put({ ...entry, id: newId(), name: `${entry.name} (copy)` });
    },
    "schedule.moveOccurrence": ({ id, ...move }: z.infer<typeof moveOccurrenceInput>) => {
      const entry = find(id);
      const edit = entry.when ? moveOccurrence(entry.when, move) : "not_an_occurrence";
      if (typeof edit === "string") {
        throw appError("INVALID_INPUT", {
          issues: [{ path: "start", message: "The rule names its days itself" }],
        });
      }
      if (edit.kept === null) return put({ ...entry, when: edit.moved });
      put({ ...entry, when: edit.kept });
      return put({ ...entry, id: newId(), when: edit.moved });
    },
    "schedule.removeOccurrence": ({ id, ...removal }: z.infer<typeof removeOccurrenceInput>) => {
      const entry = find(id);
      const edit = entry.when ? removeOccurrence(entry.when, removal) : "not_an_occurrence";
      if (typeof edit === "string") throw appError("NOT_FOUND");
      put({ ...entry, when: edit.kept ?? entry.when, isActive: edit.kept !== null });
      return {};
    },
    "schedule.remove": ({ ids }: { ids: string[] }) => {
      for (const id of ids) put({ ...find(id), isActive: false });
      return {};
    },
    "schedule.restore": ({ ids }: { ids: string[] }) => {
      for (const id of ids) put({ ...find(id), isActive: true });
      return {};
    },
    "schedule.lint": () => ({ findings }),
  };
}

function isFor(entry: EntryView, { groupId, deviceId }: z.infer<typeof listEntriesInput>): boolean {
  const { isEverywhere, groups, devices } = entry.targets;
  if (groupId !== undefined) return isEverywhere || groups.some((one) => one.id === groupId);
  if (deviceId !== undefined) return isEverywhere || devices.some((one) => one.id === deviceId);
  return true;
}

function stretchesOf(entry: EntryView, { from, until, timeZone }: z.infer<typeof listEntriesInput>) {
  if (from === undefined || until === undefined) return [];
  const zone = timeZone ?? "Europe/Berlin";
  const range = { startMs: dayBounds(zone, from).startMs, endMs: dayBounds(zone, until).startMs };
  const dayparts = new Map(DAYPARTS.map((one) => [one.id, one]));
  const toInstant = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString() : null);
  return activitiesOf(entry, zone, dayparts, range).map(({ startMs, endMs, occurrenceMs }) => ({
    date: Number.isFinite(occurrenceMs) ? localDateAt(entry.timeZone ?? zone, occurrenceMs) : null,
    startsAt: toInstant(startMs),
    endsAt: toInstant(endMs),
  }));
}

/** What was written, as it is read back; names of targets are left to the imagination. */
function written({ targets, ...rest }: Partial<z.infer<typeof updateEntryInput>>): Partial<EntryView> {
  const named = (id: string) => ({ id, name: id.slice(-4) });
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...given,
    ...(targets
      ? {
          targets: {
            isEverywhere: targets.isEverywhere,
            devices: targets.deviceIds.map(named),
            groups: targets.groupIds.map(named),
            tags: targets.tags,
          },
        }
      : {}),
  };
}
