import { expect, it } from "vitest";
import { colourOf, meanColour, type Rgb } from "../testing/pixels.ts";
import { actPlan, media, plan, sequence, twoHalves } from "../testing/plans.ts";
import { type CastFrame, startScreencast } from "../testing/screencast.ts";
import { glassColour } from "../testing/stage-page.ts";
import { withStage } from "../testing/with-stage.ts";

/** Two layers that fade at once are at 0.75 in the middle; a film's lime is at 0.85 by its colour space. */
const NO_DIP = 0.8;
const LEFT = { left: 0.15, top: 0.4, width: 0.2, height: 0.2 };
const RIGHT = { left: 0.65, top: 0.4, width: 0.2, height: 0.2 };

let red: string;
let lime: string;
let blue: string;
let film: string;

const openStage = withStage(async (folder) => {
  [red, lime, blue, film] = await Promise.all([
    folder.addImage("red"),
    folder.addImage("lime"),
    folder.addImage("blue"),
    folder.addVideo(["lime"], 4),
  ]);
});

const image = (sha256: string) => media("image", sha256);

/** The light of each frame, all channels together: two pure colours that fade into each other add up to one. */
async function lightOf(frames: readonly CastFrame[], region?: typeof LEFT): Promise<number[]> {
  const means = await Promise.all(frames.map(({ picture }) => meanColour(picture, region)));
  return means.map((mean) => mean.reduce((sum, channel) => sum + channel, 0) / 255);
}

/** Frames that are neither of two pure colours, but between them. */
async function blendsOf(frames: readonly CastFrame[], region?: typeof LEFT): Promise<Rgb[]> {
  const means = await Promise.all(frames.map(({ picture }) => meanColour(picture, region)));
  return means.filter((mean) => mean.filter((channel) => channel > 40).length === 2);
}

it("of images and videos never dip: what comes lies over what leaves, which stays whole", async () => {
  await using stage = await openStage();
  const items = [image(red), media("video", film), image(blue), image(red)];
  const slots = sequence(
    Date.now(),
    items.map((item) => ({ item, durationMs: 1600, fadeMs: 700 })),
  );
  await stage.send(plan(slots));
  await stage.heard("shown", ({ slotId }) => slotId === "a");
  const cast = await startScreencast(stage.page);
  await stage.heard("shown", ({ slotId }) => slotId === "d");
  const frames = await cast.stop();

  const light = await lightOf(frames);
  expect(Math.min(...light)).toBeGreaterThan(NO_DIP);
  expect((await blendsOf(frames)).length).toBeGreaterThan(6);
  expect(await stage.page.locator(".pane:not([data-place=parked])").count()).toBeLessThanOrEqual(3);
});

it("run in each zone for itself", async () => {
  await using stage = await openStage();
  const start = Date.now();
  const fading = { durationMs: 1200, fadeMs: 600 };
  const layout = twoHalves(
    "layout",
    start,
    sequence(start, [
      { item: image(red), ...fading },
      { item: image(blue), durationMs: 60_000, fadeMs: 600 },
    ]),
    sequence(start, [{ item: image(lime), durationMs: 60_000 }]),
  );
  await stage.send(actPlan(layout));
  await stage.heard("shown", ({ slotId }) => slotId === "right-a");
  const cast = await startScreencast(stage.page);
  await stage.heard("shown", ({ slotId }) => slotId === "left-b");
  await expect.poll(() => stage.page.locator(".pane[data-place=leaving]").count()).toBe(0);
  const frames = await cast.stop();
  expect(Math.min(...(await lightOf(frames, LEFT)))).toBeGreaterThan(NO_DIP);
  expect((await blendsOf(frames, LEFT)).length).toBeGreaterThan(2);
  const right = await Promise.all(frames.map(({ picture }) => colourOf(picture, RIGHT)));
  expect(new Set(right)).toEqual(new Set(["lime"]));
});

it("are left out by what comes after they would have ended", async () => {
  await using stage = await openStage();
  const slow = await stage.folder.addLateImage("yellow");
  const start = Date.now();
  await stage.send(
    plan(
      sequence(start, [
        { item: image(lime), durationMs: 500 },
        { item: image(slow.sha256), durationMs: 60_000, fadeMs: 600 },
      ]),
    ),
  );
  await stage.page.waitForFunction((dueMs) => Date.now() > dueMs, start + 1300);
  const cast = await startScreencast(stage.page);
  slow.arrive();
  await stage.heard("shown", ({ slotId }) => slotId === "b");
  const frames = await cast.stop();
  const seen = await Promise.all(frames.map(({ picture }) => colourOf(picture)));
  expect(seen.filter((colour) => colour !== "lime" && colour !== "yellow")).toEqual([]);
  expect(await glassColour(stage)).toBe("yellow");
});

it("go on under one that cuts them short, and end at once under a cut", async () => {
  await using stage = await openStage();
  const start = Date.now();
  const isFading = () => stage.page.locator(".pane[data-place=leaving]").count();
  const fading = { durationMs: 60_000, fadeMs: 3000 };
  const upTo = (...items: string[]) =>
    sequence(
      start,
      items.map((sha256, index) => ({ item: image(sha256), ...fading, durationMs: 60_000 + index })),
    );
  await stage.send(plan(upTo(red)));
  await stage.heard("shown", ({ slotId }) => slotId === "a");

  const override = (slotId: string, sha256: string, fadeMs?: number) =>
    sequence(Date.now(), [{ item: image(sha256), durationMs: 60_000, slotId, ...(fadeMs && { fadeMs }) }]);
  const cast = await startScreencast(stage.page);
  await stage.send(plan(override("first", lime, 3000)));
  await stage.heard("shown", ({ slotId }) => slotId === "first");
  await stage.send(plan(override("second", blue, 3000)));
  await stage.heard("shown", ({ slotId }) => slotId === "second");
  expect(await isFading()).toBe(1);
  expect(await stage.page.locator(".pane[data-place=under]").count()).toBe(1);
  await stage.send(plan(override("third", red)));
  await stage.heard("shown", ({ slotId }) => slotId === "third");
  await expect.poll(isFading).toBe(0);
  const frames = await cast.stop();
  expect(Math.min(...(await lightOf(frames)))).toBeGreaterThan(NO_DIP);
  expect(await glassColour(stage)).toBe("red");
  expect(await stage.page.locator(".pane:not([data-place=parked])").count()).toBe(1);
});
