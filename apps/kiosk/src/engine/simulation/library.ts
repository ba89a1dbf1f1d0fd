import type { Manifest, ManifestAsset, ManifestItem, ManifestPlaylist } from "@vitrine/core/model/manifest";
import type { Entry } from "@vitrine/core/model/schedule";
import { makeFile, makeManifest, type TestFile } from "../testing/test-content.ts";
import { createSeededRandom, type SeededRandom } from "./seeded-random.ts";

/** Content and schedules to choose from: the same in every world, so that each day is compiled once. */
export interface Library {
  readonly files: readonly TestFile[];
  /** Each has something to show at every instant. */
  readonly manifests: readonly Manifest[];
}

const SIZES = [700, 3000, 20_000, 64_000, 1500, 90_000, 5000, 1_200_000, 33_000, 800] as const;
const WEB_PAGES = 2;

const id = (kind: number, number: number) =>
  `00000000-0000-4000-8${String(kind).padStart(3, "0")}-${String(number).padStart(12, "0")}`;

/** A library of `count` manifests. */
export function createLibrary(count: number): Library {
  const random = createSeededRandom(4711);
  const files = SIZES.map((sizeBytes) => makeFile(sizeBytes, Buffer.alloc(sizeBytes, random.bytes(997))));
  const manifests = Array.from({ length: count }, (_, number) => makeOne(random, files, number));
  return { files, manifests };
}

function makeOne(random: SeededRandom, files: readonly TestFile[], number: number): Manifest {
  const assets = pickAssets(random, files);
  const playlists = [0, 1, 2].map((place) => makePlaylist(random, assets, number * 10 + place, place));
  const [root, nested] = playlists;
  const isNested = random.isChance(0.4) && root && nested;
  if (isNested)
    root.items.push(
      itemOf(id(2, number * 1000 + 99), { playlistId: nested.id, take: random.pick([null, 1, 2]) }),
    );
  const layouts = random.isChance(0.4) ? [layoutOf(number, playlists)] : [];
  const entries = makeEntries(random, { number, assets, playlists, layouts });
  return {
    ...makeManifest({ assets: [] }),
    ...{
      assets,
      playlists,
      entries,
      layouts,
      playlistId: root?.id ?? null,
      graceMs: random.pick([0, 2000, 15_000]),
    },
    timeZone: random.pick(["UTC", "Europe/Berlin", "America/New_York"]),
  };
}

/** The same asset may have another file in another manifest: its file was replaced. */
function pickAssets(random: SeededRandom, files: readonly TestFile[]): ManifestAsset[] {
  const fileAssets = files
    .map((_, place) => place)
    .filter(() => random.isChance(0.45))
    .map((place) => assetOf(place, random, files.at(random.isChance(0.2) ? place - 1 : place)));
  const webAssets = Array.from({ length: WEB_PAGES }, (_, place) => place)
    .filter(() => random.isChance(0.3))
    .map((place) => assetOf(100 + place, random, undefined));
  const first = fileAssets.length === 0 ? [assetOf(0, random, files[0])] : [];
  return [...first, ...fileAssets, ...webAssets];
}

function assetOf(number: number, random: SeededRandom, file: TestFile | undefined): ManifestAsset {
  return {
    id: id(1, number),
    name: `Asset ${number}`,
    kind: file ? "image" : "web",
    durationMs: random.between(6, 20) * 1000,
    width: file ? 10 : null,
    height: file ? 10 : null,
    file: file?.file ?? null,
    url: file ? null : `https://web.test/${number}`,
    reloadSeconds: 0,
    availableFrom: null,
    availableUntil: null,
  };
}

function itemOf(itemId: string, changes: Partial<ManifestItem>): ManifestItem {
  const plain = { assetId: null, playlistId: null, durationMs: null, take: null, weight: 1, daypartIds: [] };
  return { id: itemId, ...plain, ...changes };
}

function makePlaylist(
  random: SeededRandom,
  assets: readonly ManifestAsset[],
  number: number,
  place: number,
): ManifestPlaylist {
  const some = assets.filter(() => place === 0 || random.isChance(0.6));
  const items = (some.length > 0 ? some : assets.slice(0, 1)).map((asset, at) =>
    itemOf(id(2, number * 100 + at), {
      assetId: asset.id,
      durationMs: random.isChance(0.3) ? random.between(4, 15) * 1000 : null,
      weight: random.pick([1, 1, 1, 2, 3]),
    }),
  );
  return { id: id(3, number), name: `List ${number}`, order: random.pick(["sequence", "shuffle"]), items };
}

function layoutOf(number: number, playlists: readonly ManifestPlaylist[]): Manifest["layouts"][number] {
  const zone = (place: number, left: number) => ({
    ...{ id: id(7, number * 10 + place), name: `Zone ${place}`, z: place },
    ...{ left, top: 0, width: 0.5, height: 1, playlistId: playlists[place]?.id ?? null },
  });
  const zones = [zone(0, 0), zone(1, 0.5)];
  return {
    id: id(6, number),
    name: `Layout ${number}`,
    zones,
    mainZoneId: zones[0]?.id ?? "",
    durationMs: 20_000,
  };
}

function makeEntries(
  random: SeededRandom,
  parts: Pick<Manifest, "assets" | "playlists" | "layouts"> & { number: number },
): Entry[] {
  const { number, assets, playlists, layouts } = parts;
  const [asset] = assets;
  const contents = [
    ...(asset ? [{ kind: "asset" as const, assetId: asset.id }] : []),
    ...playlists.map((one) => ({ kind: "playlist" as const, playlistId: one.id })),
    ...layouts.map((one) => ({ kind: "layout" as const, layoutId: one.id })),
  ];
  return Array.from({ length: random.between(0, 4) }, (_, place): Entry => {
    const kind = random.pick(["normal", "normal", "interrupt", "override"] as const);
    const content = contents[random.between(0, contents.length)] ?? contents[0];
    if (!content) throw new Error("A library without content");
    return {
      ...{
        id: id(4, number * 10 + place),
        name: `Entry ${place}`,
        kind,
        content,
        priority: random.between(0, 2),
      },
      createdAt: new Date(Date.UTC(2026, 0, 1) + place).toISOString(),
      ...{ timeZone: null, validFrom: null, validUntil: null, daypartIds: [], zoneName: null },
      when: kind === "override" || random.isChance(0.5) ? minutesOfEachHour(random) : null,
      startsExactly: random.isChance(0.3),
      sharePercent: kind === "interrupt" ? random.pick([10, 25, 50]) : null,
    };
  });
}

/** A minute or so of one afternoon, again every day. */
function minutesOfEachHour(random: SeededRandom): NonNullable<Entry["when"]> {
  const two = (value: number) => String(value).padStart(2, "0");
  const start = random.between(0, 8);
  const end = start + random.between(1, 3);
  const hour = random.pick([7, 8, 12, 13]);
  const at = (minute: number) => `2026-03-01T${two(hour)}:${two(minute)}:00`;
  return { start: at(start), end: at(end), recurrence: "FREQ=DAILY", exceptDates: [], extraDates: [] };
}
