import fc from "fast-check";
import type { Manifest, ManifestAsset, ManifestItem, ManifestPlaylist } from "../../model/manifest.ts";
import type { Daypart, Entry } from "../../model/schedule.ts";
import { WEEKDAYS } from "../../model/schedule.ts";

export const ZONES = [
  "America/New_York",
  "Europe/London",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Cairo",
  "America/Sao_Paulo",
  "Asia/Kathmandu",
  "Asia/Tokyo",
] as const;

/** Local dates on which, or around which, clocks of those zones change, and plain ones. */
export const DATES = [
  "2026-03-08",
  "2026-11-01",
  "2026-03-29",
  "2026-10-25",
  "2026-10-04",
  "2026-04-05",
  "2011-12-29",
  "2011-12-31",
  "2026-04-24",
  "2026-10-29",
  "2018-11-04",
  "2018-02-17",
  "2026-06-10",
  "2026-11-24",
] as const;

/** A UUID of a kind and a number, for samples. */
export const uuid = (kind: number, number: number) =>
  `00000000-0000-4000-800${kind}-${String(number).padStart(12, "0")}`;

/** An asset that stands for any; web pages need no file. */
export function sampleAsset(number: number, changes: Partial<ManifestAsset> = {}): ManifestAsset {
  return {
    id: uuid(1, number),
    name: `Asset ${number}`,
    kind: "web",
    durationMs: 10_000,
    width: null,
    height: null,
    file: null,
    url: "https://example.com/",
    reloadSeconds: 0,
    availableFrom: null,
    availableUntil: null,
    ...changes,
  };
}

export function sampleItem(number: number, changes: Partial<ManifestItem> = {}): ManifestItem {
  const plain = { assetId: null, playlistId: null, durationMs: null, take: null, weight: 1, daypartIds: [] };
  return { id: uuid(2, number), ...plain, ...changes };
}

export function sampleEntry(number: number, changes: Partial<Entry> = {}): Entry {
  return {
    id: uuid(4, number),
    name: `Entry ${number}`,
    kind: "normal",
    content: { kind: "asset", assetId: uuid(1, 0) },
    priority: 0,
    createdAt: new Date(Date.UTC(2026, 0, 1) + number).toISOString(),
    timeZone: null,
    when: null,
    validFrom: null,
    validUntil: null,
    daypartIds: [],
    startsExactly: false,
    sharePercent: null,
    zoneName: null,
    ...changes,
  };
}

export function sampleManifest(changes: Partial<Manifest> = {}): Manifest {
  return {
    version: 2,
    organizationId: uuid(9, 0),
    organizationName: "Shop",
    deviceId: uuid(9, 1),
    deviceName: "Window",
    revision: 1,
    validUntil: "2199-01-01T00:00:00.000Z",
    timeZone: "UTC",
    rotation: 0,
    playlistId: null,
    defaultPlaylistId: null,
    graceMs: 15_000,
    entries: [],
    dayparts: [],
    layouts: [],
    playlists: [],
    assets: [],
    ...changes,
  };
}

/** What a generated manifest is made of; all of its times are multiples of `stepMs`. */
export interface Shape {
  stepMs: number;
  dates: readonly string[];
  zones: readonly string[];
}

const time = (stepMs: number) =>
  fc.nat(Math.floor(86_399_000 / stepMs)).map((steps) => {
    const seconds = Math.floor((steps * stepMs) / 1000);
    const two = (value: number) => String(value).padStart(2, "0");
    return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  });

/** A manifest and one of its days: everything that can be on a schedule but layouts. */
export function anyDay({ stepMs, dates, zones }: Shape): fc.Arbitrary<{ manifest: Manifest; date: string }> {
  return fc
    .record({ date: fc.constantFrom(...dates), zone: fc.constantFrom(...zones) })
    .chain(({ date, zone }) => {
      const noonMs = Date.parse(`${date}T12:00:00.000Z`);
      const instant = fc
        .integer({ min: -Math.floor(43_200_000 / stepMs), max: Math.floor(43_200_000 / stepMs) })
        .map((steps) => new Date(noonMs + steps * stepMs).toISOString());
      const sometimes = fc.option(instant, { freq: 4 });
      const duration = fc.integer({ min: 1, max: 40 }).map((steps) => steps * stepMs);
      const assets = fc
        .array(fc.record({ durationMs: duration, availableFrom: sometimes, availableUntil: sometimes }), {
          minLength: 3,
          maxLength: 6,
        })
        .map((list) => list.map((one, number) => sampleAsset(number, one)));
      const dayparts = fc
        .array(
          fc.record({
            windows: fc.array(
              fc.record({
                weekdays: fc.subarray([...WEEKDAYS], { minLength: 1 }),
                start: time(stepMs),
                end: time(stepMs),
              }),
              { minLength: 1, maxLength: 2 },
            ),
            exceptDates: fc.subarray([date]),
          }),
          { minLength: 2, maxLength: 2 },
        )
        .map((list) =>
          list.map((one, number): Daypart => ({ id: uuid(5, number), name: `Daypart ${number}`, ...one })),
        );
      const dayparted = fc.oneof(
        { weight: 4, arbitrary: fc.constant<string[]>([]) },
        { weight: 1, arbitrary: fc.subarray([uuid(5, 0), uuid(5, 1)], { minLength: 1 }) },
      );
      const playlists = anyPlaylists(duration, dayparted);
      const entries = fc.array(anyEntry({ date, time: time(stepMs), sometimes, dayparted, zones }), {
        maxLength: 7,
      });
      return fc
        .record({
          assets,
          dayparts,
          playlists,
          entries,
          graceMs: fc.integer({ min: 0, max: 6 }).map((steps) => Math.min(300_000, steps * stepMs)),
          playlistId: fc.constantFrom(null, uuid(3, 0), uuid(3, 1)),
          defaultPlaylistId: fc.constantFrom(null, uuid(3, 2)),
        })
        .map((parts) => ({
          date,
          manifest: sampleManifest({
            ...parts,
            timeZone: zone,
            entries: parts.entries.map((one, number) => ({ ...sampleEntry(number), ...one })),
          }),
        }));
    });
}

/** Three playlists; each may hold those after it, so there is no cycle. */
function anyPlaylists(
  duration: fc.Arbitrary<number>,
  daypartIds: fc.Arbitrary<string[]>,
): fc.Arbitrary<ManifestPlaylist[]> {
  const asset = fc.nat(6).map((number) => ({ assetId: uuid(1, number) }));
  const nested = (from: number) =>
    fc.integer({ min: from, max: 3 }).map((number) => ({ playlistId: uuid(3, number) }));
  const one = (number: number) =>
    fc.record({
      order: fc.constantFrom("sequence" as const, "shuffle" as const),
      items: fc.array(
        fc.record({
          content: fc.oneof({ weight: 4, arbitrary: asset }, { weight: 1, arbitrary: nested(number + 1) }),
          durationMs: fc.option(duration, { freq: 2 }),
          weight: fc.constantFrom(1, 1, 1, 2, 3),
          take: fc.constantFrom(null, 1, 2),
          daypartIds,
        }),
        { maxLength: 5 },
      ),
    });
  return fc.tuple(one(0), one(1), one(2)).map((list) =>
    list.map(({ order, items }, number) => ({
      id: uuid(3, number),
      name: `Playlist ${number}`,
      order,
      items: items.map(({ content, ...rest }, at) => sampleItem(number * 100 + at, { ...rest, ...content })),
    })),
  );
}

interface EntryParts {
  date: string;
  time: fc.Arbitrary<string>;
  sometimes: fc.Arbitrary<string | null>;
  dayparted: fc.Arbitrary<string[]>;
  zones: readonly string[];
}

function anyEntry({
  date,
  time: times,
  sometimes,
  dayparted,
  zones,
}: EntryParts): fc.Arbitrary<Partial<Entry>> {
  const dayBefore = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
  const dayAfter = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  const when = fc
    .record({
      startDate: fc.constantFrom(date, date, dayBefore),
      endDate: fc.constantFrom(date, date, dayAfter),
      start: times,
      end: times,
      recurrence: fc.constantFrom(
        null,
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,SU",
      ),
      exceptDates: fc.oneof(
        { weight: 5, arbitrary: fc.constant<string[]>([]) },
        { weight: 1, arbitrary: fc.constant<string[]>([date]) },
      ),
      extraDates: fc.constantFrom<string[]>([], [dayAfter]),
    })
    .filter(({ startDate, endDate, start, end }) => `${startDate}T${start}` < `${endDate}T${end}`)
    .map(({ startDate, endDate, start, end, ...rest }) => ({
      ...rest,
      start: `${startDate}T${start}`,
      end: `${endDate}T${end}`,
    }));
  const content = fc.oneof(
    fc.nat(5).map((number) => ({ kind: "asset" as const, assetId: uuid(1, number) })),
    fc.nat(2).map((number) => ({ kind: "playlist" as const, playlistId: uuid(3, number) })),
  );
  return fc
    .record({
      kind: fc.constantFrom(
        "normal" as const,
        "normal" as const,
        "normal" as const,
        "interrupt" as const,
        "override" as const,
      ),
      content,
      priority: fc.nat(2),
      timeZone: fc.option(fc.constantFrom(...zones), { freq: 5 }),
      when: fc.option(when, { freq: 6 }),
      validFrom: sometimes,
      validUntil: sometimes,
      daypartIds: dayparted,
      startsExactly: fc.constantFrom(false, false, true),
      share: fc.constantFrom(10, 25, 33.3, 60),
    })
    .map(({ share, ...rest }) => ({ ...rest, sharePercent: rest.kind === "interrupt" ? share : null }));
}
