/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { manifest as manifestSchema } from "../model/manifest.ts";
import { explain } from "./explain.ts";
import { filesNeeded } from "./files-needed.ts";
import { type Lint, lint } from "./lint.ts";
import { sampleAsset, sampleEntry, sampleItem, sampleManifest, uuid } from "./testing/arbitrary.ts";
import { assetsTo, at, during, listOf, TUESDAY } from "./testing/days.ts";
import { addDays } from "./time.ts";
import { compileDay } from "./timeline.ts";

const showing = (number: number) => ({ kind: "asset" as const, assetId: uuid(1, number) });
const playing = (number: number) => ({ kind: "playlist" as const, playlistId: uuid(3, number) });
const file = (number: number, sizeBytes = 1) => {
  const sha256 = String(number).padStart(64, "0");
  return { sha256, sizeBytes, mediaType: "image/png", chunksSha256: sha256 };
};

test("R4: the same timeline comes out whatever the machine's own time zone", { timeout: 60_000 }, () => {
  const script = join(import.meta.dirname, "testing", "print-day.ts");
  const texts = ["UTC", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"].map(
    (TZ) => {
      const result = spawnSync(process.execPath, [script], {
        env: { ...process.env, TZ },
        encoding: "utf8",
        maxBuffer: 2 ** 29,
      });
      expect(result.status, result.stderr).toBe(0);
      return result.stdout;
    },
  );
  expect(texts[0]?.length).toBeGreaterThan(100_000);
  expect(new Set(texts).size).toBe(1);
});

test("R5: every active entry has its verdict, the rule is named, and what is left out says why", () => {
  const manifest = sampleManifest({
    playlistId: uuid(3, 0),
    playlists: [
      listOf(0, [0]),
      {
        ...listOf(1, []),
        items: [sampleItem(1, { assetId: uuid(1, 1) }), sampleItem(2, { assetId: uuid(1, 99) })],
      },
    ],
    assets: assetsTo(5),
    entries: [
      sampleEntry(0, { content: playing(1), priority: 2, when: during("09:00", "10:00") }),
      sampleEntry(1, { content: showing(2), priority: 2 }),
      sampleEntry(2, { content: showing(3), priority: 1 }),
      sampleEntry(3, { content: showing(99), priority: 9 }),
      sampleEntry(4, { kind: "interrupt", sharePercent: 10, content: showing(4) }),
      sampleEntry(5, { kind: "override", content: showing(0), when: during("09:30", "09:31") }),
    ],
  });
  const verdicts = (time: string) =>
    Object.fromEntries(
      explain(manifest, at(time)).entries.map(({ name, verdict }) => [name.slice(-1), verdict]),
    );
  expect(verdicts("09:10")).toEqual({
    0: "shares",
    1: "shares",
    2: "beaten_by_priority",
    3: "nothing_playable",
    4: "interrupts",
  });
  expect(verdicts("11:00")).toMatchObject({ 1: "wins" });
  expect(verdicts("09:30:30")).toMatchObject({ 5: "wins", 0: "beaten_by_override", 4: "beaten_by_override" });
  expect(explain(manifest, at("09:10")).rule).toBe("entries");
  expect(explain(manifest, at("09:30:30")).rule).toBe("override");
  expect(explain(manifest, at("09:10")).skipped).toEqual([
    { playlistId: uuid(3, 1), itemId: uuid(2, 2), why: "missing" },
  ]);
  expect(explain({ ...manifest, entries: [] }, at("09:10")).rule).toBe("screen_playlist");
  expect(explain(sampleManifest(), at("09:10"))).toMatchObject({ rule: "idle", playhead: undefined });
});

test("R7: lint finds each kind of fault, and none in a sound schedule", () => {
  const kinds = (found: Lint[]) => [...new Set(found.map(({ kind }) => kind))].sort();
  const range = [at("00:00"), at("00:00") + 86_400_000] as const;
  const sound = sampleManifest({
    playlistId: uuid(3, 0),
    playlists: [listOf(0, [0, 1])],
    assets: assetsTo(2),
  });
  expect(lint(sound, ...range)).toEqual([]);
  const faulty = sampleManifest({
    timeZone: "UTC",
    assets: [sampleAsset(0, { file: file(0, 10_000_000) }), ...assetsTo(4).slice(1)],
    playlists: [listOf(0, [])],
    entries: [
      sampleEntry(0, { content: showing(0), priority: 5, when: during("09:00", "10:00") }),
      sampleEntry(1, { content: showing(1), priority: 1, when: during("09:00", "10:00") }),
      sampleEntry(2, {
        kind: "interrupt",
        sharePercent: 80,
        content: showing(2),
        when: during("09:00", "10:00"),
      }),
      sampleEntry(3, {
        kind: "interrupt",
        sharePercent: 30,
        content: showing(3),
        when: during("09:00", "10:00"),
      }),
    ],
  });
  const found = lint(faulty, ...range, { bytesPerSecond: 100 });
  expect(kinds(found)).toEqual([
    "always_beaten",
    "gap",
    "late_download",
    "never_plays",
    "nothing_playable",
    "share_over_100",
  ]);
  expect(found.filter(({ kind }) => kind === "gap")).toEqual([
    { kind: "gap", startMs: at("00:00"), endMs: at("09:00") },
    { kind: "gap", startMs: at("10:00"), endMs: range[1] },
  ]);
  expect(found).toContainEqual({ kind: "always_beaten", entryId: uuid(4, 1) });
  expect(found).toContainEqual({ kind: "never_plays", assetId: uuid(1, 1) });
  const spring = sampleEntry(0, {
    content: showing(0),
    when: {
      ...during("02:00", "03:00", { recurrence: "FREQ=DAILY" }),
      start: "2026-03-01T02:00",
      end: "2026-03-01T03:00",
    },
  });
  const newYork = { ...sound, timeZone: "America/New_York", entries: [spring] };
  const startMs = Date.parse("2026-03-07T12:00:00Z");
  expect(lint(newYork, startMs, startMs + 3 * 86_400_000)).toEqual([
    { kind: "removed_by_clock_change", entryId: uuid(4, 0), localDate: "2026-03-08" },
  ]);
});

test("R8: files in the order in which they are first shown, each once, then the logo and the rest", () => {
  const assets = [0, 1, 2, 3].map((number) =>
    sampleAsset(number, { file: file(number), durationMs: 3_600_000 }),
  );
  const entry = sampleEntry(0, { content: showing(3), when: during("09:00", "10:00") });
  const manifest = sampleManifest({
    playlistId: uuid(3, 0),
    playlists: [listOf(0, [0, 1])],
    assets: [...assets, sampleAsset(4, { kind: "stream", file: null, url: "https://example.com/live.m3u8" })],
    entries: [entry],
    brand: { color: null, logo: file(9) },
  });
  const needed = (from: string) =>
    filesNeeded(manifest, at(from), at(from) + 7_200_000)
      .map(({ sha256 }) => sha256.slice(-1))
      .join("");
  expect(needed("01:30")).toBe("10923");
  expect(needed("08:30")).toBe("03192");
});

test.each(["sequence", "shuffle"] as const)(
  "R9: ten thousand items in %s, of which one can play, are no trap",
  (order) => {
    const assets = Array.from({ length: 10_000 }, (_, number) =>
      sampleAsset(number, {
        durationMs: 500,
        availableUntil: number === 9_000 ? null : "2026-01-01T00:00:00.000Z",
      }),
    );
    const playlist = {
      ...listOf(0, []),
      order,
      items: listOf(
        0,
        assets.map((_, number) => number),
      ).items,
    };
    const { slots } = compileDay(
      sampleManifest({ playlistId: playlist.id, playlists: [playlist], assets }),
      TUESDAY,
    );
    expect(slots).toHaveLength(172_800);
    expect(slots.at(-1)).toMatchObject({ assetId: uuid(1, 9_000) });
  },
);

test("R10: what is no manifest is refused with the path of the fault", () => {
  const good = sampleManifest({ entries: [sampleEntry(0, { when: during("09:00", "10:00") })] });
  expect(manifestSchema.safeParse(good).success).toBe(true);
  const entryWith = (changes: object) => ({ ...good, entries: [{ ...good.entries[0], ...changes }] });
  const pathOf = (value: unknown) => manifestSchema.safeParse(value).error?.issues[0]?.path.join(".");
  expect(pathOf({ ...good, assets: [sampleAsset(0, { durationMs: 0 })] })).toBe("assets.0.durationMs");
  expect(pathOf({ ...good, assets: [sampleAsset(0, { durationMs: -5 })] })).toBe("assets.0.durationMs");
  expect(pathOf({ ...good, playlists: [{ ...listOf(0, []), items: [sampleItem(0)] }] })).toBe(
    "playlists.0.items.0.assetId",
  );
  expect(
    pathOf({
      ...good,
      playlists: [{ ...listOf(0, []), items: Array(10_001).fill(sampleItem(0, { assetId: uuid(1, 0) })) }],
    }),
  ).toBe("playlists.0.items");
  expect(pathOf(entryWith({ when: { ...during("09:00", "10:00"), start: "1900-01-01T00:00" } }))).toBe(
    "entries.0.when.start",
  );
  expect(pathOf(entryWith({ when: { ...during("09:00", "10:00"), end: "9999-12-31T00:00" } }))).toBe(
    "entries.0.when.end",
  );
  expect(pathOf(entryWith({ when: during("10:00", "09:00") }))).toBe("entries.0.when.end");
  expect(pathOf(entryWith({ when: during("09:00", "10:00", { recurrence: "FREQ=HOURLY" }) }))).toBe(
    "entries.0.when.recurrence",
  );
  expect(pathOf(entryWith({ kind: "interrupt" }))).toBe("entries.0.sharePercent");
  expect(pathOf(entryWith({ zoneName: "Main" }))).toBe("entries.0.zoneName");
  expect(pathOf({ ...good, version: 3 })).toBe("version");
});

test.each([1, 2])("R11: a stored manifest of version %i reads, and plays", (version) => {
  const text = readFileSync(join(import.meta.dirname, "fixtures", `manifest-${version}.json`), "utf8");
  const manifest = manifestSchema.parse(JSON.parse(text));
  expect(manifest.version).toBe(version);
  expect(compileDay(manifest, addDays(TUESDAY, 1)).slots.length).toBeGreaterThan(1000);
});
