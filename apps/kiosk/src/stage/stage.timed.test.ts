import { describe, expect, it } from "vitest";
import type { ShownMessage } from "../shared/messages.ts";
import { media, plan, sequence } from "../testing/plans.ts";
import { glassColour, type StagePage } from "../testing/stage-page.ts";
import { withStage } from "../testing/with-stage.ts";

const FRAME_MS = 1000 / 60;

let red: string;
let lime: string;
let blue: string;

const openStage = withStage(
  async (folder) => {
    [red, lime, blue] = await Promise.all([
      folder.addImage("red", 4000, 3000),
      folder.addImage("lime"),
      folder.addImage("blue"),
    ]);
  },
  { width: 1280, height: 720 },
);

/** Waits until the glass has this colour in its middle. */
async function seeColour(stage: StagePage, wanted: string, timeoutMs = 5000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await glassColour(stage);
    if (seen === wanted) return;
    if (performance.now() > deadline) throw new Error(`The glass is ${seen}, not ${wanted}`);
  }
}

describe("images", () => {
  it("come onto the glass within a few frames of their start", async () => {
    await using stage = await openStage();
    const items = Array.from({ length: 12 }, (_, index) => ({
      item: media("image", [red, lime, blue][index % 3] ?? red),
      durationMs: 500,
    }));
    await stage.send(plan(sequence(Date.now() + 800, items)));
    await stage.heard("shown", ({ slotId }) => slotId === "l");

    const late = stage.said.filter((message): message is ShownMessage => message.kind === "shown");
    expect(late.map(({ slotId }) => slotId).join("")).toBe("abcdefghijkl");
    const lateMs = late.map((shown) => shown.lateMs).sort((one, other) => one - other);
    expect(lateMs[0]).toBeGreaterThan(-FRAME_MS);
    expect(lateMs[Math.floor(lateMs.length / 2)]).toBeLessThan(FRAME_MS);
    expect(lateMs.at(-1)).toBeLessThan(15 * FRAME_MS);
  });
});

it("changes leave nothing behind: the number of elements stays the same over many of them", async () => {
  await using stage = await openStage();
  const clip = await stage.folder.addVideo(["red"], 0.5);
  const items = Array.from({ length: 40 }, (_, index) => ({
    item: index % 4 === 3 ? media("video", clip) : media("image", [red, lime, blue][index % 3] ?? red),
    durationMs: 500,
    slotId: `slot-${index}`,
  }));
  await stage.send(plan(sequence(Date.now(), items)));
  await stage.heard("shown", ({ slotId }) => slotId === "slot-8");
  const early = await stage.page.locator("*").count();
  await stage.heard("shown", ({ slotId }) => slotId === "slot-38", 30_000);
  expect(await stage.page.locator("*").count()).toBe(early);
  expect(await stage.page.locator("video[src]").count()).toBeLessThanOrEqual(1);
});

describe("video", () => {
  it("is joined in the middle where the slot is", async () => {
    await using stage = await openStage();
    const clip = await stage.folder.addVideo(["red", "lime", "blue", "yellow"], 2);
    await stage.send(plan(sequence(Date.now() - 4500, [{ item: media("video", clip), durationMs: 8000 }])));
    await stage.heard("shown");
    expect(await glassColour(stage)).toBe("blue");
    await seeColour(stage, "yellow", 4000);
  });

  it("begins anew without loading again when it is shorter than its slot, and is cut when longer", async () => {
    await using stage = await openStage();
    const clip = await stage.folder.addVideo(["red", "lime"], 0.6);
    const start = Date.now();
    await stage.send(
      plan(
        sequence(start, [
          { item: media("video", clip), durationMs: 3000 },
          { item: media("image", blue), durationMs: 60_000 },
        ]),
      ),
    );
    await seeColour(stage, "lime");
    await seeColour(stage, "red");
    await seeColour(stage, "lime");
    const { atMs } = await stage.heard("shown", ({ slotId }) => slotId === "b");
    expect(atMs - start).toBeLessThan(3300);
    expect(
      stage.said.filter((message) => message.kind === "prepared" && message.slotId === "a"),
    ).toHaveLength(1);
  });

  it("keeps in step with the server's clock when it starts off it", async () => {
    await using stage = await openStage();
    const clip = await stage.folder.addVideo(["red", "lime", "blue", "yellow"], 5, "640x360");
    const start = Date.now() - 700;
    const slots = sequence(start, [{ item: media("video", clip), durationMs: 20_000 }]);
    await stage.send(plan(slots));
    await stage.heard("shown");
    const offByMs = async (startMs: number) => {
      const off = await stage.page.evaluate((since) => {
        const video = document.querySelector<HTMLVideoElement>(".pane[data-place=front] video");
        return (video?.currentTime ?? 0) * 1000 - (Date.now() - since);
      }, startMs);
      return Math.abs(off);
    };
    await expect.poll(() => offByMs(start), { timeout: 8000, interval: 300 }).toBeLessThan(100);
    // The clock is corrected by a second: the video follows.
    await stage.send(plan(slots, 1000));
    await expect.poll(() => offByMs(start - 1000), { timeout: 8000, interval: 300 }).toBeLessThan(100);
  });

  it("that cannot be decoded is told and replaced by what comes next", async () => {
    await using stage = await openStage();
    const junk = new Uint8Array(50_000).fill(7);
    const broken = await stage.folder.addBytes(junk, "video/mp4");
    await stage.send(
      plan(
        sequence(Date.now(), [
          { item: media("image", red), durationMs: 1000 },
          { item: media("video", broken), durationMs: 1500 },
          { item: media("image", lime), durationMs: 60_000 },
        ]),
      ),
    );
    const failed = await stage.heard("failed");
    expect(failed).toMatchObject({ slotId: "b", reason: "decode" });
    const shown = await stage.heard("shown", ({ slotId }) => slotId === "b");
    expect(shown.standInSlotId).toBe("c");
    expect(shown.lateMs).toBeLessThan(15 * FRAME_MS);
    const own = await stage.heard("shown", ({ slotId }) => slotId === "c");
    expect(own.standInSlotId).toBeNull();
    expect(stage.said.filter((message) => message.kind === "failed")).toHaveLength(1);
  });

  it("that is not there is told as such, and the former stays where nothing else can be shown", async () => {
    await using stage = await openStage();
    const missing = "0".repeat(64);
    await stage.send(
      plan(
        sequence(Date.now(), [
          { item: media("image", red), durationMs: 2000 },
          { item: media("video", missing), durationMs: 60_000 },
        ]),
      ),
    );
    expect(await stage.heard("failed")).toMatchObject({ slotId: "b", reason: "load" });
    await stage.heard("pulse", ({ onGlass }) => onGlass[0]?.slotId === "a");
    expect(await glassColour(stage)).toBe("red");
  });
});
