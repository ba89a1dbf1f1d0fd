import { describe, expect, it } from "vitest";
import type { ShownMessage } from "../shared/messages.ts";
import { colourOf } from "../testing/pixels.ts";
import { media, plan, sequence } from "../testing/plans.ts";
import { startScreencast } from "../testing/screencast.ts";
import type { StagePage } from "../testing/stage-page.ts";
import { withStage } from "../testing/with-stage.ts";

const FRAME_MS = 1000 / 60;

let red: string;
let lime: string;
let blue: string;

const openStage = withStage(async (folder) => {
  [red, lime, blue] = await Promise.all([
    folder.addImage("red", 4000, 3000),
    folder.addImage("lime"),
    folder.addImage("blue"),
  ]);
});

const glassColour = async ({ page }: StagePage) => colourOf(await page.screenshot());

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

  it("are what the page composites when it says so", async () => {
    await using stage = await openStage();
    await stage.send(plan(sequence(Date.now(), [{ item: media("image", lime), durationMs: 60_000 }])));
    await stage.heard("shown");
    expect(await glassColour(stage)).toBe("lime");
  });

  it("leave the former on the glass until they are ready", async () => {
    await using stage = await openStage();
    const slow = await stage.folder.addLateImage("yellow");
    const start = Date.now();
    await stage.send(
      plan(
        sequence(start, [
          { item: media("image", red), durationMs: 1000 },
          { item: media("image", slow.sha256), durationMs: 30_000 },
        ]),
      ),
    );
    await stage.heard("shown", ({ slotId }) => slotId === "a");
    await stage.page.waitForFunction((dueMs) => Date.now() > dueMs, start + 1500);
    expect(await glassColour(stage)).toBe("red");
    expect(stage.said.some((message) => message.kind === "shown" && message.slotId === "b")).toBe(false);

    slow.arrive();
    const shown = await stage.heard("shown", ({ slotId }) => slotId === "b");
    expect(shown.lateMs).toBeGreaterThan(500);
    expect(await glassColour(stage)).toBe("yellow");
  });

  it("go on without a change of the glass where the next showing is the same", async () => {
    await using stage = await openStage();
    const items = [red, red, red].map((sha256) => ({ item: media("image", sha256), durationMs: 400 }));
    await stage.send(plan(sequence(Date.now(), items)));
    await stage.heard("shown", ({ slotId }) => slotId === "c");
    expect(await stage.page.locator(".pane").count()).toBe(1);
  });
});

it("shows what became ready only in the time of the next showing of the same", async () => {
  await using stage = await openStage();
  const slow = await stage.folder.addLateImage("cyan");
  const start = Date.now();
  const items = [700, 60_000].map((durationMs) => ({ item: media("image", slow.sha256), durationMs }));
  await stage.send(plan(sequence(start, items)));
  await stage.page.waitForFunction((dueMs) => Date.now() > dueMs, start + 1000);
  slow.arrive();
  await stage.heard("shown", ({ slotId }) => slotId === "b");
  expect(await glassColour(stage)).toBe("cyan");
});

describe("changes", () => {
  it("are never black, whatever follows what", async () => {
    await using stage = await openStage();
    const [first, second] = await Promise.all([
      stage.folder.addVideo(["red", "lime"], 0.5),
      stage.folder.addVideo(["blue", "yellow"], 0.5),
    ]);
    const items = [
      media("image", red),
      media("video", first),
      media("video", second),
      media("image", lime),
      media("video", first),
      media("image", blue),
    ];
    const slots = sequence(
      Date.now(),
      [...items, ...items].map((item, index) => ({
        item,
        durationMs: 800,
        ...(index % 3 === 2 && { fadeMs: 300 }),
      })),
    );
    await stage.send(plan(slots));
    await stage.heard("shown", ({ slotId }) => slotId === "a");
    const cast = await startScreencast(stage.page);
    await stage.heard("shown", ({ slotId }) => slotId === "l");
    const frames = await cast.stop();

    const seen = await Promise.all(frames.map((frame) => colourOf(frame.picture)));
    expect(seen.length).toBeGreaterThan(50);
    expect(seen.filter((colour) => colour === "black")).toEqual([]);
    expect(new Set(seen)).toEqual(new Set([...seen, "red", "lime", "blue", "yellow"]));
  });

  it("come from a scene to a plan and back without black", async () => {
    await using stage = await openStage();
    await stage.send({
      kind: "idle",
      screenName: "Window",
      organizationName: "Miró",
      serverHost: null,
      isOnline: true,
    });
    await stage.heard("scene", ({ scene }) => scene === "idle");
    const cast = await startScreencast(stage.page);
    await stage.send(plan(sequence(Date.now(), [{ item: media("image", lime), durationMs: 60_000 }])));
    await stage.heard("shown");
    await stage.send({
      kind: "splash",
      status: "starting",
      serverHost: null,
      screenName: null,
      organizationName: null,
      progress: null,
    });
    await stage.heard("scene", ({ scene }) => scene === "splash");
    const frames = await cast.stop();

    // The corner is lit by the brand's glow in every scene: pure black there is an empty page.
    const corner = { left: 0, top: 0, width: 0.1, height: 0.1 };
    const seen = await Promise.all(frames.map((frame) => colourOf(frame.picture, corner)));
    expect(seen).toContain("lime");
    expect(await stage.page.locator(".pane").count()).toBe(0);
  });

  it("happen at once when a plan has another slot now, and not when it has the same", async () => {
    await using stage = await openStage();
    const start = Date.now();
    await stage.send(
      plan(sequence(start, [{ item: media("image", red), durationMs: 60_000, slotId: "first" }])),
    );
    await stage.heard("shown", ({ slotId }) => slotId === "first");

    const same = sequence(start, [
      { item: media("image", red), durationMs: 59_000, slotId: "first" },
      { item: media("image", blue), durationMs: 1000, slotId: "later" },
    ]);
    await stage.send(plan(same));
    await stage.heard("prepared", ({ slotId }) => slotId === "later");
    expect(stage.said.filter((message) => message.kind === "shown")).toHaveLength(1);

    await stage.send(
      plan(sequence(start, [{ item: media("image", lime), durationMs: 60_000, slotId: "other" }])),
    );
    const shown = await stage.heard("shown", ({ slotId }) => slotId === "other");
    expect(shown.lateMs).toBeLessThan(500);
    expect(await glassColour(stage)).toBe("lime");
  });

  it("leave nothing behind: the number of elements stays the same over many of them", async () => {
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

describe("the glass", () => {
  it("pulses every second with what is on it", async () => {
    await using stage = await openStage();
    const clip = await stage.folder.addVideo(["red", "lime"], 4);
    await stage.send(plan(sequence(Date.now(), [{ item: media("video", clip), durationMs: 8000 }])));
    await stage.heard("shown");
    const pulse = await stage.heard("pulse", ({ frames }) => frames.videoPainted > 10 && frames.painted > 10);
    expect(pulse.scene).toBe("plan");
    expect(pulse.onGlass).toEqual([{ zoneId: "main", slotId: "a", standInSlotId: null }]);
  });

  it("tells of a message that it does not understand and plays on", async () => {
    await using stage = await openStage();
    await stage.send(plan(sequence(Date.now(), [{ item: media("image", red), durationMs: 60_000 }])));
    await stage.heard("shown");
    await stage.page.evaluate(() => Reflect.get(window, "vitrineReceive")({ kind: "plan", zones: "none" }));
    const { text } = await stage.heard("trouble");
    expect(text).toContain("not understood");
    expect(await glassColour(stage)).toBe("red");
  });

  it("names the screen on top of what is shown, for a while", async () => {
    await using stage = await openStage();
    await stage.send(plan(sequence(Date.now(), [{ item: media("image", red), durationMs: 60_000 }])));
    await stage.heard("shown");
    await stage.send({ kind: "identify", screenName: "Window left", organizationName: null, seconds: 1 });
    const name = stage.page.getByText("Window left");
    await name.waitFor({ state: "visible" });
    await name.waitFor({ state: "detached" });
  });
});

describe("pairing", () => {
  it("shows the code in two groups, where to enter it, and that it has run out", async () => {
    await using stage = await openStage();
    const now = Date.now();
    await stage.send({
      kind: "pairing",
      clockOffsetMs: 0,
      userCode: "BCDFGHJK",
      claimUrl: "https://signage.example/pair?code=BCDFGHJK",
      serverHost: "signage.example",
      startedAtMs: now,
      expiresAtMs: now + 2500,
    });
    await stage.heard("scene", ({ scene }) => scene === "pairing");
    expect(await stage.page.locator(".code-group").allTextContents()).toEqual(["BCDF", "GHJK"]);
    expect(await stage.page.locator(".pairing .lead").textContent()).toContain("signage.example");
    await stage.page.getByText("A new one is on its way").waitFor();
  });

  it("names the organization and lets it be refused once, by Escape", async () => {
    await using stage = await openStage();
    const vetoUntilMs = Date.now() + 30_000;
    await stage.send({ kind: "claimed", clockOffsetMs: 0, organizationName: "Café Miró", vetoUntilMs });
    await stage.heard("scene", ({ scene }) => scene === "claimed");
    expect(await stage.page.getByRole("heading").textContent()).toBe("Café Miró");
    await stage.page.keyboard.press("Escape");
    await stage.heard("refused");
    await stage.page.keyboard.press("Escape");
    await stage.heard("pulse", (pulse) => stage.said.indexOf(pulse) > stage.said.length - 2);
    expect(stage.said.filter((message) => message.kind === "refused")).toHaveLength(1);
  });

  it("offers to refuse over a plan for as long as it may be, and over no other scene", async () => {
    await using stage = await openStage();
    const banner = stage.page.getByRole("complementary");
    const offer = { organizationName: "Café Miró", untilMs: Date.now() + 30_000 };
    await stage.send({ kind: "veto", offer });
    expect(await banner.count()).toBe(0);
    await stage.send(plan(sequence(Date.now(), [{ item: media("image", red), durationMs: 60_000 }])));
    await stage.heard("shown");
    await banner.getByText("Café Miró").waitFor();
    await stage.page.keyboard.press("Escape");
    await banner.getByText("Refused").waitFor();
    await stage.heard("refused");
    await stage.send({ kind: "veto", offer: null });
    await banner.waitFor({ state: "detached" });
  });
});
