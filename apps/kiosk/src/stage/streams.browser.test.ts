import { join } from "node:path";
import { expect, it } from "vitest";
import { startLiveStream } from "../testing/live-stream.ts";
import { colourOf } from "../testing/pixels.ts";
import { media, plan, sequence, stream } from "../testing/plans.ts";
import { startScreencast } from "../testing/screencast.ts";
import { glassColour, type StagePage } from "../testing/stage-page.ts";
import { withStage } from "../testing/with-stage.ts";

let film: string;
let blue: string;

const openStage = withStage(async (folder) => {
  blue = await folder.addImage("blue");
  film = join(folder.path, await folder.addVideo(["red", "lime"], 1, "640x360"));
});

const still = (durationMs: number) => ({ item: media("image", blue), durationMs });
const timeOf = ({ page }: StagePage) =>
  page.evaluate(() => document.querySelector<HTMLVideoElement>(".pane[data-place=front] video")?.currentTime);

it.concurrent("is loaded ahead of its time, plays without a black frame, and is let go of after it", async () => {
  await using live = await startLiveStream(film);
  await using stage = await openStage();
  const loaded: string[] = [];
  stage.page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await stage.send(plan(sequence(Date.now(), [still(4000)])));
  await stage.heard("shown", ({ slotId }) => slotId === "a");
  expect(loaded.filter((path) => path.endsWith(".js"))).toEqual([]);

  const cast = await startScreencast(stage.page);
  const items = [still(4000), { item: stream(live.url), durationMs: 4000 }, still(60_000)];
  await stage.send(plan(sequence(Date.now() - 1000, items)));
  const prepared = await stage.heard("prepared", ({ slotId }) => slotId === "b");
  const shown = await stage.heard("shown", ({ slotId }) => slotId === "b");
  expect(stage.said.indexOf(prepared)).toBeLessThan(stage.said.indexOf(shown));
  await stage.heard("shown", ({ slotId }) => slotId === "c");
  const seen = await Promise.all((await cast.stop()).map(({ picture }) => colourOf(picture)));
  expect(seen).not.toContain("black");
  expect(new Set(seen)).toEqual(new Set([...seen, "red", "lime", "blue"]));

  expect(await stage.page.locator("video[src]").count()).toBe(0);
  const requests = live.requests;
  await stage.heard("pulse", (pulse) => stage.said.indexOf(pulse) > stage.said.length - 2);
  await stage.heard("pulse", (pulse) => stage.said.indexOf(pulse) > stage.said.length - 2);
  expect(live.requests).toBe(requests);
});

it.concurrent("that breaks off keeps its last frame, and goes on when the line is back", async () => {
  await using live = await startLiveStream(film);
  await using stage = await openStage();
  await stage.send(
    plan(sequence(Date.now(), [{ item: stream(live.url), durationMs: 600_000 }, still(60_000)])),
  );
  await stage.heard("shown", ({ slotId }) => slotId === "a");
  live.isDown = true;
  let last = -1;
  const standsStill = async () => {
    const now = (await timeOf(stage)) ?? 0;
    const isStill = now === last;
    last = now;
    return isStill;
  };
  await expect.poll(standsStill, { timeout: 30_000, interval: 700 }).toBe(true);
  expect(["red", "lime"]).toContain(await glassColour(stage));
  live.isDown = false;
  await expect.poll(() => timeOf(stage), { timeout: 20_000 }).toBeGreaterThan(last + 1);
  expect(["red", "lime"]).toContain(await glassColour(stage));
  expect(stage.said.filter(({ kind }) => kind === "failed")).toEqual([]);
});

it.concurrent("of which nothing comes is replaced, and shown as soon as it can be reached", async () => {
  await using live = await startLiveStream(film);
  await using stage = await openStage();
  live.isDown = true;
  await stage.send(
    plan(sequence(Date.now(), [{ item: stream(live.url), durationMs: 600_000 }, still(60_000)])),
  );
  expect(await stage.heard("failed", undefined, 30_000)).toMatchObject({ slotId: "a", reason: "load" });
  await stage.heard("shown", ({ standInSlotId }) => standInSlotId === "b");
  expect(await glassColour(stage)).toBe("blue");
  live.isDown = false;
  await stage.heard("shown", ({ standInSlotId }) => standInSlotId === null, 30_000);
  expect(["red", "lime"]).toContain(await glassColour(stage));
});
