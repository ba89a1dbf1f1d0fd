import type { Manifest, ManifestAsset } from "@vitrine/core/model/manifest";
import {
  sampleAsset,
  sampleEntry,
  sampleItem,
  sampleManifest,
  uuid,
} from "@vitrine/core/schedule/testing/arbitrary";
import type { Library } from "./library.ts";

/** Every time and length of the rich schedule falls on these. */
export const STEP_MS = 10_000;
const BOARD = uuid(6, 0);

const asset = (library: Library, number: number, changes: Partial<ManifestAsset> = {}): ManifestAsset => {
  const file = library.files[number]?.file;
  const own = file
    ? { kind: "image" as const, file, url: null, width: 10, height: 10 }
    : { url: `https://web.test/${number}` };
  return sampleAsset(number, { durationMs: STEP_MS, ...own, ...changes });
};
const plays = (number: number) => ({ kind: "playlist" as const, playlistId: uuid(3, number) });
const shows = (number: number) => ({ kind: "asset" as const, assetId: uuid(1, number) });
const weekly = (start: string, end: string, days: string) => ({
  ...{ start, end, exceptDates: [], extraDates: [] },
  recurrence: `FREQ=WEEKLY;BYDAY=${days}`,
});

/** Autumn of a shop in Berlin: everything that can be on a schedule, across the end of summer time. */
export function richSchedule(library: Library): Manifest {
  const numbers = Array.from({ length: 14 }, (_, number) => number);
  const half = { availableFrom: "2026-10-01T00:00:00.000Z", availableUntil: "2026-11-11T11:11:00.000Z" };
  const item = (list: number, at: number, changes: Parameters<typeof sampleItem>[1]) =>
    sampleItem(list * 100 + at, changes);
  const zone = (number: number, left: number, playlist: number) => ({
    ...{ id: uuid(7, number), name: `Zone ${number}`, top: 0, width: 0.5, height: 1, z: number },
    ...{ left, playlistId: uuid(3, playlist) },
  });
  return sampleManifest({
    timeZone: "Europe/Berlin",
    playlistId: uuid(3, 0),
    defaultPlaylistId: uuid(3, 1),
    graceMs: 20_000,
    assets: numbers.map((number) =>
      asset(library, number, number === 6 ? half : number === 9 ? { durationMs: 30_000 } : {}),
    ),
    dayparts: [
      {
        ...{ id: uuid(5, 0), name: "Morning", exceptDates: ["2026-10-03"] },
        windows: [{ weekdays: ["MO", "TU", "WE", "TH", "FR", "SA"], start: "06:30", end: "11:00" }],
      },
      {
        ...{ id: uuid(5, 1), name: "Night", exceptDates: [] },
        windows: [{ weekdays: ["FR", "SA"], start: "22:00", end: "02:30" }],
      },
    ],
    playlists: [
      {
        ...{ id: uuid(3, 0), name: "Shop", order: "sequence" as const },
        items: [
          item(0, 0, { assetId: uuid(1, 0), weight: 3 }),
          item(0, 1, { assetId: uuid(1, 1), daypartIds: [uuid(5, 0)] }),
          item(0, 2, { playlistId: uuid(3, 1), take: 2 }),
          item(0, 3, { assetId: uuid(1, 6) }),
          item(0, 4, { assetId: uuid(1, 10), durationMs: 20_000 }),
        ],
      },
      {
        ...{ id: uuid(3, 1), name: "Shuffled", order: "shuffle" as const },
        items: [2, 3, 4, 5, 7].map((number, at) =>
          item(1, at, { assetId: uuid(1, number), weight: 1 + (at % 2) }),
        ),
      },
      {
        ...{ id: uuid(3, 2), name: "Left", order: "sequence" as const },
        items: [8, 11].map((number, at) => item(2, at, { assetId: uuid(1, number) })),
      },
      {
        ...{ id: uuid(3, 3), name: "Right", order: "sequence" as const },
        items: [12, 9, 13].map((number, at) => item(3, at, { assetId: uuid(1, number) })),
      },
    ],
    layouts: [
      {
        ...{ id: BOARD, name: "Board", mainZoneId: uuid(7, 0), durationMs: 60_000 },
        zones: [zone(0, 0, 2), zone(1, 0.5, 3)],
      },
    ],
    entries: [
      sampleEntry(0, {
        content: plays(1),
        priority: 1,
        when: weekly("2026-09-01T12:00", "2026-09-01T14:00", "TU,TH,SA"),
      }),
      sampleEntry(1, {
        content: shows(11),
        priority: 1,
        when: weekly("2026-09-01T13:00", "2026-09-01T15:00", "TU"),
      }),
      sampleEntry(2, {
        ...{ content: { kind: "layout", layoutId: BOARD }, priority: 2, startsExactly: true },
        when: weekly("2026-09-01T17:00", "2026-09-01T18:30", "MO,WE,FR,SU"),
      }),
      sampleEntry(3, { kind: "interrupt", content: shows(12), sharePercent: 10 }),
      sampleEntry(4, { kind: "interrupt", content: plays(2), sharePercent: 25, daypartIds: [uuid(5, 1)] }),
      sampleEntry(5, {
        kind: "override",
        content: shows(9),
        when: weekly("2026-09-01T12:30", "2026-09-01T12:40", "WE"),
      }),
      sampleEntry(6, {
        ...{ content: plays(3), priority: 3, timeZone: "Asia/Tokyo", startsExactly: true },
        when: weekly("2026-09-01T09:00", "2026-09-01T10:00", "MO"),
      }),
      sampleEntry(7, {
        content: plays(2),
        priority: 1,
        when: weekly("2026-09-04T23:00", "2026-09-05T01:30", "FR,SA"),
      }),
    ],
  });
}
