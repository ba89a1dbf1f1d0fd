import { expect, test } from "vitest";
import { direct } from "../testing/directed-stage.ts";
import { fileAsset, makeFile, makeManifest } from "../testing/test-content.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";

const MIDNIGHT = Date.parse("2027-01-10T00:00:00Z");

async function play() {
  const files = [makeFile(1), makeFile(2), makeFile(3), makeFile(4)];
  const assets = files.map((file) => fileAsset(file, 10_000));
  const clock = createVirtualClock(MIDNIGHT + 12_000);
  const stage = await direct(clock, new Set(files.map(({ file }) => file.sha256)));
  const manifest = makeManifest({ assets });
  stage.director.setManifest(manifest);
  stage.director.start();
  await stage.pass(1000);
  const place = () => assets.findIndex(({ id }) => id === stage.onGlass());
  return { ...stage, manifest, place };
}

test("O6: next and previous show the neighbour until the slot of now ends, and the schedule goes on as it was", async () => {
  const { director, pass, place, shown } = await play();
  expect(place()).toBe(1);
  director.look(1);
  await pass(200);
  expect(place()).toBe(2);
  director.look(1);
  await pass(200);
  expect(place()).toBe(3);
  for (const expected of [2, 1, 0]) {
    director.look(-1);
    await pass(200);
    expect(place()).toBe(expected);
  }
  await pass(3000);
  expect(place()).toBe(0);
  await pass(4000);
  expect(place()).toBe(2);
  await pass(10_000);
  expect(place()).toBe(3);
  expect(new Set(shown).size).toBe(shown.length);
});

test("O7: another manifest ends the look at a neighbour at once; each look is a play of its own, cut", async () => {
  const { director, pass, place, manifest, records } = await play();
  director.look(-1);
  await pass(500);
  expect(place()).toBe(0);
  director.setManifest({ ...manifest, revision: 2 });
  await pass(200);
  expect(place()).toBe(1);
  const done = records.flatMap((record) => (record.k === "done" ? [record.play] : []));
  expect(done.map(({ isWhole }) => isWhole)).toEqual([false, false]);
  expect(done.map(({ assetId }) => assetId)).toEqual([manifest.assets[1]?.id, manifest.assets[0]?.id]);
});
