import type { Manifest } from "@vitrine/core/model/manifest";
import { compileDay, localDateAt, playheadAt } from "@vitrine/core/schedule";
import { sampleEntry } from "@vitrine/core/schedule/testing/arbitrary";
import fc from "fast-check";
import { expect, test } from "vitest";
import { direct } from "../testing/directed-stage.ts";
import { fileAsset, makeFile, makeManifest, webAsset } from "../testing/test-content.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";

const assets = Array.from({ length: 5 }, (_, index) => fileAsset(makeFile(10 + index), 2000 + 700 * index));
const shaOf = (index: number) => assets[index % assets.length]?.file?.sha256 ?? "";

function expectedAt(manifest: Manifest, nowMs: number): string | undefined {
  const slot = playheadAt(compileDay(manifest, localDateAt(manifest.timeZone, nowMs)), nowMs)?.slot;
  return slot?.kind === "asset" ? slot.assetId : undefined;
}

test("with every file there, the glass shows what playheadAt says at every moment, over midnight too", async () => {
  const clock = createVirtualClock(Date.parse("2026-11-21T23:59:50.000Z"));
  const manifest = makeManifest({ assets });
  const { director, onGlass, pass } = await direct(clock, new Set(assets.map((_, index) => shaOf(index))));
  director.setManifest(manifest);
  director.start();
  await pass(50);
  for (let step = 0; step < 200; step += 1) {
    await pass(130);
    expect(onGlass()).toBe(expectedAt(manifest, clock.wallMs()));
  }
});

test("once something was shown, the glass is never given up while anything at all can be shown, whatever comes and goes", async () => {
  const happening = fc.oneof(
    fc.record({ kind: fc.constant("gone" as const), which: fc.nat(4) }),
    fc.record({ kind: fc.constant("come" as const), which: fc.nat(4) }),
    fc.record({ kind: fc.constant("edit" as const), kept: fc.subarray(assets, { minLength: 1 }) }),
    fc.record({ kind: fc.constant("jump" as const), ms: fc.integer({ min: -100_000, max: 100_000 }) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ happening, passMs: fc.integer({ min: 0, max: 5000 }) }), { maxLength: 12 }),
      async (story) => {
        const clock = createVirtualClock(Date.parse("2026-11-21T12:00:00.000Z"));
        const there = new Set(assets.map((_, index) => shaOf(index)));
        const { director, scenes, onGlass, pass } = await direct(clock, there);
        director.setManifest(makeManifest({ assets }));
        director.start();
        await pass(100);
        expect(onGlass()).toBeDefined();
        for (const { happening: one, passMs } of story) {
          if (one.kind === "gone") there.delete(shaOf(one.which));
          if (one.kind === "come") there.add(shaOf(one.which));
          if (one.kind === "edit") director.setManifest(makeManifest({ assets: one.kept }));
          if (one.kind === "jump") clock.jumpWall(one.ms);
          director.replan();
          await pass(passMs);
          expect(scenes.every(({ kind }) => kind === "plan")).toBe(true);
        }
        for (const [index] of assets.entries()) there.add(shaOf(index));
        const manifest = makeManifest({ assets });
        director.setManifest(manifest);
        await pass(10_000);
        expect(onGlass()).toBe(expectedAt(manifest, clock.wallMs()));
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

test("C8: a file that could not be shown three times is left out and told; a new content of it has a new chance", async () => {
  const clock = createVirtualClock(Date.parse("2026-11-21T12:00:00.000Z"));
  const there = new Set([shaOf(0), shaOf(1)]);
  const { director, faults, failing, onGlass, pass } = await direct(clock, there);
  failing.add(shaOf(0));
  const two = assets.slice(0, 2);
  director.setManifest(makeManifest({ assets: two }));
  director.start();
  await pass(30_000);
  expect(faults.list().map(({ kind }) => kind)).toEqual(["content_set_aside"]);
  for (let step = 0; step < 50; step += 1) {
    await pass(300);
    expect(onGlass()).toBe(two[1]?.id);
  }
  const replaced = { ...two[0], ...fileAsset(makeFile(99)), id: two[0]?.id ?? "" };
  there.add(replaced.file?.sha256 ?? "");
  director.setManifest(makeManifest({ assets: [replaced, ...two.slice(1)] }));
  await pass(10_000);
  expect(faults.list()).toEqual([]);
});

test("nothing to play is idle; a schedule of which nothing is there yet is waiting, until it is", async () => {
  const clock = createVirtualClock(Date.parse("2026-11-21T12:00:00.000Z"));
  const there = new Set<string>();
  const { director, scenes, onGlass, pass } = await direct(clock, there);
  director.setManifest(makeManifest({ assets: [] }));
  director.start();
  expect(scenes.at(-1)?.kind).toBe("idle");
  director.setManifest(makeManifest({ assets }));
  expect(scenes.at(-1)?.kind).toBe("waiting");
  there.add(shaOf(3));
  director.replan();
  await pass(100);
  expect(onGlass()).toBe(assets[3]?.id);
});

test("an override that arrives is shown at once, and what it covered comes back when it is gone", async () => {
  const clock = createVirtualClock(Date.parse("2026-11-21T12:00:00.000Z"));
  const there = new Set(assets.map((_, index) => shaOf(index)));
  const { director, onGlass, pass } = await direct(clock, there);
  const manifest = makeManifest({ assets });
  const [, , , , last] = assets;
  if (!last) throw new Error("No fifth asset");
  director.setManifest(manifest);
  director.start();
  await pass(700);
  const override = sampleEntry(0, { kind: "override", content: { kind: "asset", assetId: last.id } });
  director.setManifest({ ...manifest, entries: [override] });
  await pass(100);
  expect(onGlass()).toBe(last.id);
  await pass(10_000);
  expect(onGlass()).toBe(last.id);
  director.setManifest({ ...manifest });
  await pass(100);
  expect(onGlass()).toBe(expectedAt(manifest, clock.wallMs()));
});

test("an entry that is added does not cut what is on the glass while that has a part of the screen", async () => {
  const clock = createVirtualClock(Date.parse("2026-11-21T12:00:00.000Z"));
  const there = new Set(assets.map((_, index) => shaOf(index)));
  const { director, onGlass, pass } = await direct(clock, there);
  const [one, other] = assets;
  if (!one || !other) throw new Error("No assets");
  const entryOf = (number: number, assetId: string) =>
    sampleEntry(number, { content: { kind: "asset", assetId } });
  const manifest = { ...makeManifest({ assets }), entries: [entryOf(0, one.id)] };
  director.setManifest(manifest);
  director.start();
  await pass(300);
  expect(onGlass()).toBe(one.id);
  director.setManifest({ ...manifest, entries: [entryOf(0, one.id), entryOf(1, other.id)] });
  await pass(200);
  expect(onGlass()).toBe(one.id);
  director.setManifest({ ...manifest, entries: [entryOf(1, other.id)] });
  await pass(200);
  expect(onGlass()).toBe(other.id);
});

test("where the schedule has nothing for a while the screen is idle, and what comes then is there in time", async () => {
  const clock = createVirtualClock(Date.parse("2026-11-21T12:00:00.000Z"));
  const { director, scenes, onGlass, pass } = await direct(clock, new Set([shaOf(0)]));
  const [one] = assets;
  if (!one) throw new Error("No asset");
  const when = (start: string, end: string) => ({
    start: `2026-11-21T${start}`,
    end: `2026-11-21T${end}`,
    ...{ recurrence: null, exceptDates: [], extraDates: [] },
  });
  const content = { kind: "asset" as const, assetId: one.id };
  const entries = [
    sampleEntry(0, { content, when: when("12:00", "12:00:10") }),
    sampleEntry(1, { content, when: when("12:01", "12:02") }),
  ];
  director.setManifest({ ...makeManifest({ assets: [one] }), playlistId: null, graceMs: 0, entries });
  director.start();
  await pass(9_000);
  expect(scenes.at(-1)?.kind).toBe("plan");
  await pass(2_000);
  expect(scenes.at(-1)?.kind).toBe("idle");
  await pass(38_000);
  expect(scenes.at(-1)?.kind).toBe("idle");
  await pass(3_000);
  expect(scenes.at(-1)?.kind).toBe("plan");
  await pass(8_300);
  expect(onGlass()).toBe(one.id);
});

test("W6: a suspect web page gives way to a file, comes back later, and is shown all the same where there is nothing else", async () => {
  const file = makeFile(10);
  const web = webAsset("https://example.com/", 10_000);
  const picture = fileAsset(file, 10_000);
  for (const [assets, isHeldBack] of [
    [[web, picture], true],
    [[web], false],
  ] as const) {
    const clock = createVirtualClock(Date.parse("2027-01-10T00:00:01Z"));
    let isSuspect = true;
    const { director, pass, onGlass } = await direct(
      clock,
      new Set([file.file.sha256]),
      undefined,
      () => isSuspect,
    );
    director.setManifest(makeManifest({ assets: [...assets] }));
    director.start();
    await pass(1000);
    expect(onGlass()).toBe(isHeldBack ? picture.id : web.id);
    isSuspect = false;
    await pass(20_000);
    expect(onGlass()).toBe(web.id);
  }
});
