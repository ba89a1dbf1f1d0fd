import { type ManifestPreview, manifest } from "@vitrine/core/model/manifest";
import type { PlaylistView } from "@vitrine/core/model/playlist";
import type { Entry } from "@vitrine/core/model/schedule";
import { idOf, minutesAgo } from "./things.ts";

/** What a screen of this name would play of a playlist; films stand as pictures, so that nothing has to be decoded. */
export function previewOf(of: PlaylistView, deviceName: string) {
  return previewOfAll([of], { deviceName });
}

/**
 * A screen's day with all that a schedule can have: a morning, a lunch in a layout, two that take turns, one that
 * comes in between, an override, and nights in which nothing plays. Local times of Berlin, alike on every day.
 */
export function busyDay(playlists: readonly PlaylistView[], deviceName: string): ManifestPreview {
  const [all, lunch, season] = playlists;
  if (!all || !lunch || !season) return previewOfAll(playlists, { deviceName });
  return previewOfAll(playlists, {
    deviceName,
    dayparts: [daypart(1, "Opening hours", "06:30", "22:00"), daypart(2, "Lunch time", "11:00", "14:00")],
    layouts: [
      {
        id: idOf(9, 1),
        name: "Lunch board",
        mainZoneId: idOf(9, 11),
        durationMs: 60_000,
        zones: [
          {
            id: idOf(9, 11),
            name: "Menu",
            left: 0,
            top: 0,
            width: 0.7,
            height: 1,
            z: 0,
            playlistId: lunch.id,
          },
          {
            id: idOf(9, 12),
            name: "Side",
            left: 0.7,
            top: 0,
            width: 0.3,
            height: 0.6,
            z: 0,
            playlistId: all.id,
          },
          {
            id: idOf(9, 13),
            name: "Line",
            left: 0.7,
            top: 0.6,
            width: 0.3,
            height: 0.4,
            z: 0,
            playlistId: null,
          },
        ],
      },
    ],
    entries: [
      entry(1, "Morning", { kind: "playlist", playlistId: lunch.id }, ["07:00", "11:00"], { priority: 5 }),
      entry(2, "Lunch board", { kind: "layout", layoutId: idOf(9, 1) }, ["11:00", "14:00"], { priority: 3 }),
      entry(3, "Happy hour", { kind: "playlist", playlistId: season.id }, ["17:00", "19:00"], {
        priority: 2,
      }),
      entry(4, "Evening music", { kind: "playlist", playlistId: lunch.id }, ["17:00", "19:00"], {
        priority: 2,
      }),
      entry(5, "Loyalty cards", { kind: "asset", assetId: idOf(2, 9) }, ["14:00", "17:00"], {
        kind: "interrupt",
        sharePercent: 10,
      }),
      entry(6, "Background", { kind: "playlist", playlistId: all.id }, ["08:00", "20:00"], {}),
      entry(7, "Fire drill", { kind: "asset", assetId: idOf(2, 2) }, ["15:00", "15:20"], {
        kind: "override",
      }),
    ],
    waitsFor: { [idOf(5, 13)]: idOf(8, 2) },
    opensWith: idOf(8, 1),
  });
}

type More = {
  deviceName: string;
  entries?: Entry[];
  layouts?: unknown[];
  dayparts?: unknown[];
  /** The daypart of single items. */
  waitsFor?: Record<string, string>;
  /** The daypart of all items of the first playlist. */
  opensWith?: string;
};

function previewOfAll(playlists: readonly PlaylistView[], more: More): ManifestPreview {
  const { deviceName, entries = [], layouts = [], dayparts = [], waitsFor = {}, opensWith } = more;
  const lists = playlists.map(({ id, name, order, items }, index) => ({
    id,
    name,
    order,
    playing: items.flatMap((one) =>
      one.isEnabled && one.asset?.state === "ready" && one.assetId !== null
        ? [{ ...one, asset: one.asset, assetId: one.assetId }]
        : [],
    ),
    daypartOf: (itemId: string) => waitsFor[itemId] ?? (index === 0 ? opensWith : undefined),
  }));
  const all = new Map(lists.flatMap(({ playing }) => playing.map((one) => [one.assetId, one])));
  return {
    manifest: manifest.parse({
      version: 2,
      organizationId: idOf(1, 1),
      organizationName: "Northlight Cafés",
      deviceId: idOf(3, 0),
      deviceName,
      revision: 1,
      validUntil: minutesAgo(-60 * 24),
      timeZone: "Europe/Berlin",
      rotation: 0,
      playlistId: lists[0]?.id ?? null,
      defaultPlaylistId: null,
      entries,
      layouts,
      dayparts,
      playlists: lists.map(({ id, name, order, playing, daypartOf }) => ({
        id,
        name,
        order,
        items: playing.map((one) => ({
          id: one.id,
          assetId: one.assetId,
          durationMs: one.durationMs,
          weight: one.weight,
          daypartIds: [daypartOf(one.id)].filter((daypartId) => daypartId !== undefined),
        })),
      })),
      assets: [...all.values()].map((one) => ({
        id: one.assetId,
        name: one.asset.name,
        kind: one.asset.kind === "web" ? "web" : "image",
        durationMs: one.effectiveDurationMs,
        width: one.asset.width,
        height: one.asset.height,
        file: null,
        url: one.asset.url,
        reloadSeconds: 0,
      })),
    }),
    mediaUrls: Object.fromEntries([...all].map(([id, one]) => [id, one.asset.fileUrl ?? ""])),
    logoUrl: null,
  };
}

function entry(
  number: number,
  name: string,
  content: Entry["content"],
  [start, end]: [start: string, end: string],
  part: Partial<Entry>,
): Entry {
  return {
    id: idOf(10, number),
    createdAt: "2026-01-01T00:00:00.000Z",
    name,
    kind: "normal",
    content,
    priority: 0,
    timeZone: null,
    when: {
      start: `2026-01-01T${start}`,
      end: `2026-01-01T${end}`,
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
    ...part,
  };
}

function daypart(number: number, name: string, start: string, end: string) {
  const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
  return { id: idOf(8, number), name, windows: [{ weekdays, start, end }], exceptDates: [] };
}
