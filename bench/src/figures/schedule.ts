import type { Manifest } from "@vitrine/core/model/manifest";
import { compileDay, explain, playheadAt } from "@vitrine/core/schedule";
import {
  sampleAsset,
  sampleEntry,
  sampleItem,
  sampleManifest,
  uuid,
} from "@vitrine/core/schedule/testing/arbitrary";
import { walkDay } from "@vitrine/core/schedule/testing/reference";
import { median } from "../interleave.ts";
import { printManifestFigures } from "../manifest-figures.ts";
import { print } from "../print.ts";

const DAYS = Array.from({ length: 28 }, (_, day) => `2026-11-${String(day + 1).padStart(2, "0")}`);
const RULES = [
  "FREQ=DAILY",
  "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
  "FREQ=MONTHLY;BYDAY=-1FR",
];
const PLAYHEADS = 1_000_000;
const BASELINE_SECONDS = 60;

/** The scheduling core: a day of a large schedule, its playhead and its reasons, against asking every entry each second. */
export async function run(): Promise<void> {
  const one = scheduleOf(1_000, 200);
  const smallMs = compileAll("schedule.compile_day.1000_entries_200_playlists_of_50", one, "<= 20");
  const largeMs = compileAll(
    "schedule.compile_day.10000_entries_2000_playlists_of_50",
    scheduleOf(10_000, 2_000),
  );
  print({
    name: "schedule.compile_day.growth_at_10x",
    value: largeMs / smallMs,
    unit: "ratio",
    target: "<= 12",
  });
  compileAll("schedule.compile_day.one_playlist_of_10000", listOf(10_000));

  const timeline = compileDay(one, "2026-11-10");
  const lengthMs = timeline.endMs - timeline.startMs;
  const startedMs = performance.now();
  for (let call = 0; call < PLAYHEADS; call += 1)
    playheadAt(timeline, timeline.startMs + ((call * 86_399) % lengthMs));
  const micros = ((performance.now() - startedMs) * 1000) / PLAYHEADS;
  print({ name: "schedule.playhead_at", value: micros, unit: "us", target: "< 1" });

  const explained = DAYS.map((_, day) => timed(() => explain(one, timeline.startMs + day * 1_800_000)));
  print({ name: "schedule.explain.1000_entries", value: median(explained), unit: "ms" });

  const filteredMs = timed(() => {
    let left = BASELINE_SECONDS;
    walkDay(one, "2026-11-10", 1000, () => --left > 0);
  });
  print({
    name: "schedule.compile_day.against_filtering_every_second",
    value: smallMs,
    unit: "ms",
    peer: `every entry asked each second of a day, extrapolated from ${BASELINE_SECONDS} seconds`,
    peerValue: (filteredMs / BASELINE_SECONDS) * 86_400,
  });
  await printManifestFigures();
}

function compileAll(name: string, manifest: Manifest, target?: string): number {
  const [first = 0, ...others] = DAYS.map((date) => timed(() => compileDay(manifest, date)));
  const value = median(others);
  print({ name: `${name}.first`, value: first, unit: "ms" });
  print({ name, value, unit: "ms", max: Math.max(...others), ...(target ? { target } : {}) });
  return value;
}

function timed(work: () => unknown): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

function scheduleOf(entryCount: number, playlistCount: number): Manifest {
  const two = (value: number) => String(value).padStart(2, "0");
  const entries = Array.from({ length: entryCount }, (_, number) => {
    const hour = number % 22;
    const date = `2026-01-0${1 + (number % 9)}`;
    return sampleEntry(number, {
      content: { kind: "playlist", playlistId: uuid(3, number % playlistCount) },
      priority: number % 10,
      when: {
        start: `${date}T${two(hour)}:${two((number * 7) % 60)}`,
        end: `${date}T${two(hour + 2)}:00`,
        recurrence: RULES[number % RULES.length] ?? null,
        exceptDates: [],
        extraDates: [],
      },
    });
  });
  const playlists = Array.from({ length: playlistCount }, (_, number) => playlistOf(number, 50));
  return withAssets({ timeZone: "Europe/Berlin", entries, playlists });
}

function listOf(itemCount: number): Manifest {
  return withAssets({ timeZone: "Europe/Berlin", playlists: [playlistOf(0, itemCount)] });
}

function playlistOf(number: number, itemCount: number) {
  const items = Array.from({ length: itemCount }, (_, index) =>
    sampleItem(number * 50 + index, { assetId: uuid(1, (number * 7 + index) % 500) }),
  );
  return { id: uuid(3, number), name: `Playlist ${number}`, order: "sequence" as const, items };
}

function withAssets(changes: Partial<Manifest>): Manifest {
  const assets = Array.from({ length: 500 }, (_, number) => sampleAsset(number));
  return sampleManifest({ playlistId: uuid(3, 0), assets, ...changes });
}
