import { expect, it } from "vitest";
import type { FromStage, StageItem } from "../shared/messages.ts";
import { colourOf } from "../testing/pixels.ts";
import { actPlan, media, sequence, twoHalves, wholeScreen } from "../testing/plans.ts";
import { startScreencast } from "../testing/screencast.ts";
import type { StagePage } from "../testing/stage-page.ts";
import { withStage } from "../testing/with-stage.ts";

const LEFT = { left: 0.15, top: 0.4, width: 0.2, height: 0.2 };
const RIGHT = { left: 0.65, top: 0.4, width: 0.2, height: 0.2 };
const NOTHING: StageItem = { kind: "none" };
/** A change comes in the frame nearest to its time, so up to half a frame before it. */
const FRAME_MS = 1000 / 60;

let red: string;
let lime: string;
let blue: string;
let film: string;

const openStage = withStage(async (folder) => {
  [red, lime, blue, film] = await Promise.all([
    folder.addImage("red"),
    folder.addImage("lime"),
    folder.addImage("blue"),
    folder.addVideo(["cyan", "magenta"], 1, "640x720"),
  ]);
});

const image = (sha256: string, durationMs = 60_000) => ({ item: media("image", sha256), durationMs });
const video = (sha256: string, durationMs = 60_000) => ({ item: media("video", sha256), durationMs });

async function halves({ page }: StagePage): Promise<string[]> {
  const picture = await page.screenshot();
  return [await colourOf(picture, LEFT), await colourOf(picture, RIGHT)];
}

/** What was told as shown (`+`) and gone (`-`), in order. */
function showings(said: readonly FromStage[]): string[] {
  return said.flatMap((message) => {
    if (message.kind === "shown") return [`+${message.slotId}`];
    return message.kind === "gone" ? [`-${message.slotId}`] : [];
  });
}

it("zones play their own tracks side by side, and the change from item to layout to item has no black frame", async () => {
  await using stage = await openStage();
  const start = Date.now();
  const first = sequence(start, [image(red, 1500)]);
  const layout = twoHalves(
    "layout",
    start + 1500,
    sequence(start + 1500, [image(lime, 1200), image(blue, 1600)]),
    sequence(start + 1500, [video(film, 1400), image(red, 1400)]),
  );
  const other = twoHalves(
    "other",
    start + 4300,
    sequence(start + 4300, [image(red, 1000)]),
    sequence(start + 4300, [video(film, 1000)]),
  );
  const last = sequence(start + 5300, [video(film)]).map((slot) => ({ ...slot, slotId: "last" }));
  await stage.send(actPlan(wholeScreen(first), layout, other, wholeScreen(last)));
  await stage.heard("shown", ({ slotId }) => slotId === "a");
  const cast = await startScreencast(stage.page);
  // Nothing moves then, and a machine that is busy as it comes casts no frame of it.
  await stage.heard("shown", ({ slotId }) => slotId === "right-b");
  expect(await halves(stage)).toEqual(["blue", "red"]);
  await stage.heard("shown", ({ slotId }) => slotId === "last");
  await stage.heard("gone", ({ zoneId, atMs }) => zoneId === "right" && atMs > start + 5300 - FRAME_MS);
  const frames = await cast.stop();

  const seen = await Promise.all(
    frames.map(async ({ picture }) => [await colourOf(picture, LEFT), await colourOf(picture, RIGHT)]),
  );
  expect(seen.length).toBeGreaterThan(30);
  expect(seen.flat().filter((colour) => colour === "black")).toEqual([]);
  const pairs = new Set(seen.map((pair) => pair.join(" ")));
  expect(pairs).toContain("lime cyan");
  expect([...pairs].filter((pair) => ["red lime", "lime red", "red blue"].includes(pair))).toEqual([]);
  expect(showings(stage.said)).toEqual([
    "+a",
    ...["+left-a", "+right-a", "-a", "+left-b", "+right-b"],
    ...["+left-a", "+right-a", "-left-b", "-right-b", "+last", "-left-a", "-right-a"],
  ]);
  const late = stage.said.flatMap((message) => (message.kind === "shown" ? [message.lateMs] : []));
  expect(Math.max(...late.slice(1))).toBeLessThan(250);
});

it("the former stays until the main zone has a picture; what another zone lacks does not hold it up for long", async () => {
  await using stage = await openStage();
  const slow = await stage.folder.addLateImage("yellow");
  const slower = await stage.folder.addLateImage("white");
  const start = Date.now();
  const layout = twoHalves(
    "layout",
    start + 600,
    sequence(start + 600, [image(slow.sha256)]),
    sequence(start + 600, [image(slower.sha256)]),
  );
  await stage.send(actPlan(wholeScreen(sequence(start, [image(red, 600)])), layout));
  await stage.page.waitForFunction((dueMs) => Date.now() > dueMs, start + 1500);
  expect(await halves(stage)).toEqual(["red", "red"]);
  slow.arrive();
  await stage.heard("shown", ({ slotId }) => slotId === "left-a");
  expect(await halves(stage)).toEqual(["yellow", "black"]);
  slower.arrive();
  await stage.heard("shown", ({ slotId }) => slotId === "right-a");
  expect(await halves(stage)).toEqual(["yellow", "white"]);
});

it("an edit of one zone leaves the other as it is, and a zone that is empty or taken away is told as gone", async () => {
  await using stage = await openStage();
  const start = Date.now();
  const left = sequence(start, [video(film)]);
  const right = sequence(start, [image(lime, 3000), { item: NOTHING, durationMs: 1200 }, image(blue)]);
  await stage.send(actPlan(twoHalves("layout", start, left, right)));
  await stage.heard("gone", ({ slotId }) => slotId === "right-a");
  expect((await halves(stage))[1]).toBe("black");
  await stage.heard("shown", ({ slotId }) => slotId === "right-c");
  expect((await halves(stage))[1]).toBe("blue");

  const edited = sequence(start, [image(red)]).map((slot) => ({ ...slot, slotId: "edited" }));
  await stage.send(actPlan(twoHalves("layout", start, left, edited)));
  await stage.heard("shown", ({ slotId }) => slotId === "right-edited");
  expect((await halves(stage))[1]).toBe("red");

  const alone = twoHalves("layout", start, left, []);
  await stage.send(actPlan({ ...alone, zones: alone.zones.slice(0, 1) }));
  await stage.heard("gone", ({ slotId }) => slotId === "right-edited");
  const pulse = await stage.heard("pulse", ({ onGlass }) => onGlass.length === 1);
  expect(pulse.onGlass).toEqual([{ zoneId: "left", slotId: "left-a", standInSlotId: null }]);
  expect(showings(stage.said).filter((one) => one.includes("left"))).toEqual(["+left-a"]);
});

it("zones lie over each other by z, what fails is replaced in its zone, and past acts leave no elements", async () => {
  await using stage = await openStage();
  const start = Date.now();
  const missing = "0".repeat(64);
  const acts = Array.from({ length: 6 }, (_, index) => {
    const startsAtMs = start + index * 700;
    if (index % 2 === 0)
      return wholeScreen(sequence(startsAtMs, [{ ...image(red, 700), slotId: `w${index}` }]));
    const right = sequence(startsAtMs, [image(missing, 350), image(blue, 350)]);
    return twoHalves(`layout-${index}`, startsAtMs, sequence(startsAtMs, [image(lime, 700)]), right);
  });
  const endMs = start + 6 * 700;
  const both = twoHalves("both", endMs, sequence(endMs, [image(lime)]), sequence(endMs, [image(blue)]));
  const [under, over] = both.zones;
  if (!under || !over) throw new Error("Two zones were made");
  const inFront = { ...under, z: 7, box: { ...under.box, width: 1 } };
  await stage.send(actPlan(...acts, { ...both, zones: [inFront, over] }));
  const standIn = await stage.heard(
    "shown",
    ({ zoneId, standInSlotId }) => zoneId === "right" && !!standInSlotId,
  );
  expect(standIn).toMatchObject({ slotId: "right-a", standInSlotId: "right-b" });
  await stage.heard("shown", ({ slotId, atMs }) => slotId === "right-a" && atMs >= endMs - FRAME_MS);
  expect(await halves(stage)).toEqual(["lime", "lime"]);
  await stage.heard("pulse", (pulse) => stage.said.indexOf(pulse) === stage.said.length - 1);
  expect(await stage.page.locator(".act").count()).toBe(1);
  expect(await stage.page.locator(".zone").count()).toBe(2);
});
