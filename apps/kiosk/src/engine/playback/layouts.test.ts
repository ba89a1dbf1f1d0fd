import type { Manifest } from "@vitrine/core/model/manifest";
import type { Entry, Layout } from "@vitrine/core/model/schedule";
import { compileDay, dayBounds, localDateAt, playheadAt, type Timeline } from "@vitrine/core/schedule";
import { sampleEntry, uuid } from "@vitrine/core/schedule/testing/arbitrary";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type DirectedStage, direct } from "../testing/directed-stage.ts";
import { fileAsset, makeFile, makeManifest } from "../testing/test-content.ts";
import { createVirtualClock, type VirtualClock } from "../testing/virtual-clock.ts";
import { createTimelines } from "./timelines.ts";

const DAY_START = "2026-11-21T00:00:00.000Z";
const assets = Array.from({ length: 6 }, (_, index) => fileAsset(makeFile(20 + index), 1300 + 900 * index));
const idOf = (index: number) => assets[index]?.id ?? "";
const everyFile = () => new Set(assets.map(({ file }) => file?.sha256 ?? ""));

const LAYOUT = uuid(5, 1);
const MAIN = uuid(6, 1);
const SIDE = uuid(6, 2);
const EMPTY = uuid(6, 3);
const [MAIN_LIST, SIDE_LIST] = [uuid(3, 1), uuid(3, 2)];

function playlist(id: string, assetIndexes: readonly number[]): Manifest["playlists"][number] {
  return {
    id,
    name: "List",
    order: "sequence",
    items: assetIndexes.map((index) => ({
      id: uuid(2, Number(id.slice(-1)) * 10 + index),
      assetId: idOf(index),
      playlistId: null,
      durationMs: null,
      take: null,
      weight: 1,
      daypartIds: [],
    })),
  };
}

function zone(id: string, name: string, playlistId: string | null, z = 0): Layout["zones"][number] {
  return { id, name, left: 0, top: 0, width: 0.5, height: 1, z, playlistId };
}

/** A layout of three zones, of which one has nothing to play. */
function makeLayout(changes: Partial<Layout> = {}): Layout {
  const zones = [zone(MAIN, "Main", MAIN_LIST), zone(SIDE, "Side", SIDE_LIST, 3), zone(EMPTY, "Empty", null)];
  return { id: LAYOUT, name: "Two", zones, mainZoneId: MAIN, durationMs: null, ...changes };
}

function layoutEntry(number: number, changes: Partial<Entry> = {}): Entry {
  return sampleEntry(number, { content: { kind: "layout", layoutId: LAYOUT }, ...changes });
}

/** The layout plays all the time unless told; its zones have the assets 0 to 2 and 3 to 4. */
function layoutManifest(changes: Partial<Manifest> = {}): Manifest {
  return {
    ...makeManifest({ assets, playlistId: uuid(3, 3) }),
    layouts: [makeLayout()],
    playlists: [playlist(MAIN_LIST, [0, 1, 2]), playlist(SIDE_LIST, [3, 4]), playlist(uuid(3, 3), [5])],
    entries: [layoutEntry(0)],
    ...changes,
  };
}

const compiled = new WeakMap<Manifest, Map<string, Timeline>>();

function timelineAt(manifest: Manifest, nowMs: number): Timeline {
  const date = localDateAt(manifest.timeZone, nowMs);
  const days = compiled.get(manifest) ?? new Map<string, Timeline>();
  compiled.set(manifest, days);
  const timeline = days.get(date) ?? compileDay(manifest, date);
  days.set(date, timeline);
  return timeline;
}

/** What belongs on the glass, by zone. */
function expectedAt(manifest: Manifest, nowMs: number): Record<string, string> {
  const head = playheadAt(timelineAt(manifest, nowMs), nowMs);
  if (head?.slot.kind === "asset") return { main: head.slot.assetId };
  return Object.fromEntries((head?.zones ?? []).map(({ zoneId, slot }) => [zoneId, slot.assetId]));
}

function seen({ onGlass }: DirectedStage): Record<string, string> {
  const zones = ["main", MAIN, SIDE, EMPTY].map((zoneId) => [zoneId, onGlass(zoneId)] as const);
  return Object.fromEntries(zones.flatMap(([zoneId, shown]) => (shown ? [[zoneId, shown]] : [])));
}

async function start(manifest: Manifest, clock: VirtualClock, there = everyFile()): Promise<DirectedStage> {
  const stage = await direct(clock, there);
  stage.director.setManifest(manifest);
  stage.director.start();
  await stage.pass(50);
  return stage;
}

test.each([
  ["over midnight", "UTC", "2026-11-21T23:59:40.000Z"],
  ["over a clock that goes back by half an hour", "Australia/Lord_Howe", "2026-04-04T14:59:40.000Z"],
  ["over a spring gap that midnight falls into", "America/Sao_Paulo", "2018-11-04T02:59:40.000Z"],
])(
  "each zone shows what playheadAt says at every moment, layouts and items in turn, %s",
  async (_, timeZone, at) => {
    const clock = createVirtualClock(Date.parse(at));
    const alone = sampleEntry(1, { content: { kind: "asset", assetId: idOf(5) } });
    const manifest = layoutManifest({ timeZone, entries: [layoutEntry(0), alone] });
    const stage = await start(manifest, clock);
    const kinds = new Set<string>();
    for (let step = 0; step < 400; step += 1) {
      await stage.pass(90);
      const wanted = expectedAt(manifest, clock.wallMs());
      expect(seen(stage)).toEqual(wanted);
      kinds.add(Object.keys(wanted).join());
    }
    expect(kinds.size).toBeGreaterThan(1);
  },
);

test("every showing of every zone is a play, whole or cut, none lost and none doubled", async () => {
  const clock = createVirtualClock(Date.parse(DAY_START));
  const alone = sampleEntry(1, { content: { kind: "asset", assetId: idOf(5) } });
  const stage = await start(layoutManifest({ entries: [layoutEntry(0), alone] }), clock);
  await stage.pass(60_000);
  stage.recorder.onGone({ isSilent: false });
  const opened = stage.records.flatMap((record) => (record.k === "open" ? [record.play] : []));
  const done = stage.records.flatMap((record) => (record.k === "done" ? [record.play] : []));
  expect(opened.map(({ sequence }) => sequence)).toEqual(opened.map((_, index) => index));
  expect(done.map(({ sequence }) => sequence).sort((one, other) => one - other)).toEqual(
    opened.map(({ sequence }) => sequence),
  );
  expect(opened.length).toBe(stage.shown.length);
  const lengthOf = (indexes: number[]) =>
    done.reduce(
      (sum, { assetId, durationMs }) => sum + (indexes.map(idOf).includes(assetId) ? durationMs : 0),
      0,
    );
  // The main zone and the single item have the screen in turn; the side zone is there whenever the main one is.
  expect(Math.abs(lengthOf([0, 1, 2, 5]) - 60_000)).toBeLessThan(200);
  expect(Math.abs(lengthOf([3, 4]) - lengthOf([0, 1, 2]))).toBeLessThan(200);
  expect(done.filter(({ assetId, isWhole }) => assetId === idOf(4) && !isWhole).length).toBeGreaterThan(2);
  expect(done.filter(({ assetId, isWhole }) => assetId === idOf(0) && !isWhole)).toEqual([]);
});

test("an override of a zone cuts in there at once and leaves the others, and is what the heartbeat tells", async () => {
  const clock = createVirtualClock(Date.parse(DAY_START));
  const manifest = layoutManifest();
  const stage = await start(manifest, clock);
  await stage.pass(400);
  expect(stage.recorder.findOnGlass()).toMatchObject({ assetId: idOf(0), entryId: uuid(4, 0) });
  const before = stage.shown.filter((one) => one.startsWith(MAIN)).length;
  const override = sampleEntry(1, {
    kind: "override",
    content: { kind: "asset", assetId: idOf(5) },
    zoneName: "Empty",
  });
  stage.director.setManifest({ ...manifest, entries: [layoutEntry(0), override] });
  await stage.pass(100);
  expect(seen(stage)).toEqual({ [MAIN]: idOf(0), [SIDE]: idOf(3), [EMPTY]: idOf(5) });
  expect(stage.shown.filter((one) => one.startsWith(MAIN)).length).toBe(before);
  expect(stage.recorder.findOnGlass()).toMatchObject({ assetId: idOf(5), entryId: override.id });
  await stage.pass(3000);
  stage.director.setManifest({ ...manifest });
  await stage.pass(100);
  expect(seen(stage)).toEqual(expectedAt(manifest, clock.wallMs()));
  expect(stage.recorder.findOnGlass()).toMatchObject({ entryId: uuid(4, 0) });
});

test("an override of the whole screen takes a layout off at once, one that shows a layout is told by its entry, and what was covered comes back", async () => {
  const clock = createVirtualClock(Date.parse(DAY_START));
  const manifest = layoutManifest();
  const stage = await start(manifest, clock);
  await stage.pass(400);
  const ofAsset = sampleEntry(1, { kind: "override", content: { kind: "asset", assetId: idOf(5) } });
  stage.director.setManifest({ ...manifest, entries: [layoutEntry(0), ofAsset] });
  await stage.pass(100);
  expect(seen(stage)).toEqual({ main: idOf(5) });
  const ofLayout = layoutEntry(2, { kind: "override" });
  const alone = sampleEntry(0, { content: { kind: "asset", assetId: idOf(5) } });
  stage.director.setManifest({ ...manifest, entries: [alone, ofLayout] });
  await stage.pass(100);
  expect(seen(stage)).toEqual(expectedAt({ ...manifest, entries: [ofLayout] }, clock.wallMs()));
  expect(stage.recorder.findOnGlass()?.entryId).toBe(ofLayout.id);
  stage.director.setManifest({ ...manifest, entries: [alone] });
  await stage.pass(100);
  expect(seen(stage)).toEqual({ main: idOf(5) });
});

test("an edit of one zone's playlist, or of the boxes, restarts nothing in the other zones", async () => {
  const clock = createVirtualClock(Date.parse(DAY_START));
  const manifest = layoutManifest();
  const stage = await start(manifest, clock);
  await stage.pass(300);
  const before = [...stage.shown];
  const [main, , rest] = manifest.playlists;
  if (!main || !rest) throw new Error("Three playlists were made");
  const moved = makeLayout({ zones: makeLayout().zones.map((one) => ({ ...one, width: 0.3 })) });
  stage.director.setManifest({
    ...manifest,
    layouts: [moved],
    playlists: [main, playlist(SIDE_LIST, [5]), rest],
  });
  await stage.pass(100);
  expect(stage.shown.slice(before.length).map((one) => one.split(" ")[0])).toEqual([SIDE]);
  expect(seen(stage)).toMatchObject({ [MAIN]: idOf(0), [SIDE]: idOf(5) });
  const scene = stage.scenes.at(-1);
  const box = scene?.kind === "plan" ? scene.plan.acts?.[0]?.zones[0]?.box : undefined;
  expect(box?.width).toBe(0.3);
});

test("a layout whose time has passed by an edit stays until its main zone's item ends; off the schedule, it goes at once", async () => {
  const clock = createVirtualClock(Date.parse(DAY_START));
  const other = sampleEntry(0, { content: { kind: "asset", assetId: idOf(5) } });
  const manifest = layoutManifest({ entries: [layoutEntry(1)] });
  const stage = await start(manifest, clock);
  await stage.pass(300);
  const edited = { ...manifest, entries: [other, layoutEntry(1)] };
  stage.director.setManifest(edited);
  expect(expectedAt(edited, clock.wallMs())).toEqual({ main: idOf(5) });
  const scene = stage.scenes.at(-1);
  const acts = scene?.kind === "plan" ? (scene.plan.acts ?? []) : [];
  const startsMs = acts.map(({ startsAtMs }) => startsAtMs - Date.parse(DAY_START));
  expect(startsMs.slice(0, 2)).toEqual([0, 1300]);
  expect(acts[1]?.zones[0]?.slots[0]?.startsAtMs).toBe(acts[1]?.startsAtMs);
  await stage.pass(900);
  expect(seen(stage)).toEqual({ [MAIN]: idOf(0), [SIDE]: idOf(3) });
  await stage.pass(100);
  expect(seen(stage)).toEqual({ main: idOf(5) });
  await stage.pass(5000);
  expect(seen(stage)).toEqual(expectedAt(edited, clock.wallMs()));
  expect(Object.keys(seen(stage))).toContain(MAIN);
  stage.director.setManifest({ ...manifest, entries: [other] });
  await stage.pass(100);
  expect(seen(stage)).toEqual({ main: idOf(5) });
});

test("what a zone cannot show is replaced in that zone alone, and a zone of which nothing is there is left out", async () => {
  const clock = createVirtualClock(Date.parse(DAY_START));
  const there = everyFile();
  for (const index of [1, 3, 4]) there.delete(assets[index]?.file?.sha256 ?? "");
  const manifest = layoutManifest();
  const stage = await start(manifest, clock, there);
  for (let step = 0; step < 100; step += 1) {
    await stage.pass(110);
    const wanted = expectedAt(manifest, clock.wallMs())[MAIN];
    expect(seen(stage)).toEqual({ [MAIN]: wanted === idOf(1) ? idOf(2) : wanted });
  }
});

test("once something was shown, some zone always shows something, whatever comes and goes, and in the end what belongs there", async () => {
  const alone = sampleEntry(1, { content: { kind: "asset", assetId: idOf(5) } });
  const override = sampleEntry(2, {
    kind: "override",
    content: { kind: "asset", assetId: idOf(4) },
    zoneName: "Side",
  });
  const happening = fc.oneof(
    fc.record({ kind: fc.constant("gone" as const), which: fc.nat(5) }),
    fc.record({ kind: fc.constant("come" as const), which: fc.nat(5) }),
    fc.record({
      kind: fc.constant("edit" as const),
      entries: fc.subarray([layoutEntry(0), alone, override, layoutEntry(3, { priority: 1 })]),
      main: fc.subarray([0, 1, 2, 5], { minLength: 1 }),
      side: fc.subarray([3, 4, 5]),
    }),
    fc.record({ kind: fc.constant("jump" as const), ms: fc.integer({ min: -100_000, max: 100_000 }) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ happening, passMs: fc.integer({ min: 0, max: 5000 }) }), { maxLength: 8 }),
      async (story) => {
        const clock = createVirtualClock(Date.parse("2026-11-21T12:00:00.000Z"));
        const there = everyFile();
        const stage = await start(layoutManifest(), clock, there);
        for (const { happening: one, passMs } of story) {
          if (one.kind === "gone") there.delete(assets[one.which]?.file?.sha256 ?? "");
          if (one.kind === "come") there.add(assets[one.which]?.file?.sha256 ?? "");
          if (one.kind === "jump") clock.jumpWall(one.ms);
          if (one.kind === "edit") {
            const lists = [playlist(MAIN_LIST, one.main), playlist(SIDE_LIST, one.side)];
            const playlists = [...lists, playlist(uuid(3, 3), [5])];
            stage.director.setManifest(layoutManifest({ entries: one.entries, playlists }));
          }
          stage.director.replan();
          await stage.pass(passMs);
          expect(Object.keys(seen(stage))).not.toEqual([]);
          expect(stage.scenes.every(({ kind }) => kind === "plan")).toBe(true);
        }
        for (const sha256 of everyFile()) there.add(sha256);
        const manifest = layoutManifest({ entries: [layoutEntry(0), alone] });
        stage.director.setManifest(manifest);
        // What is on the glass stays until its item ends: 13.2 s where the clock has just gone back to its start.
        await stage.pass(20_000);
        expect(seen(stage)).toEqual(expectedAt(manifest, clock.wallMs()));
      },
    ),
    { numRuns: 12, examples: [[[{ happening: { kind: "jump", ms: -12_551 }, passMs: 0 }]]] },
  );
}, 60_000);

test("tomorrow is compiled some minutes before midnight, while nothing changes, and nothing at midnight", async () => {
  const manifest = layoutManifest();
  const clock = createVirtualClock(Date.parse("2026-11-21T23:45:00.000Z"));
  const compilations: { localDate: string; leftMs: number; quietMs: number }[] = [];
  const midnightMs = dayBounds("UTC", "2026-11-21").endMs;
  const timelines = createTimelines(8, (of, localDate) => {
    const nowMs = clock.wallMs();
    const ends = playheadAt(timelineAt(of, nowMs), nowMs)?.zones.map(({ slot }) => slot.endMs) ?? [];
    compilations.push({ localDate, leftMs: midnightMs - nowMs, quietMs: Math.min(...ends) - nowMs });
    return compileDay(of, localDate);
  });
  const stage = await direct(clock, everyFile(), timelines);
  stage.director.setManifest(manifest);
  stage.director.start();
  await stage.pass(17 * 60_000);
  expect(compilations.map(({ localDate }) => localDate)).toEqual(["2026-11-21", "2026-11-22"]);
  const tomorrow = compilations[1];
  expect(tomorrow?.leftMs).toBeGreaterThan(9 * 60_000);
  expect(tomorrow?.quietMs).toBeGreaterThan(200);
});
