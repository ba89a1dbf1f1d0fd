import { describe, expect, it } from "vitest";
import { colourOf } from "../testing/pixels.ts";
import { media, plan, sequence } from "../testing/plans.ts";
import { startScreencast } from "../testing/screencast.ts";
import { glassColour } from "../testing/stage-page.ts";
import { withStage } from "../testing/with-stage.ts";

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

describe("images", () => {
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
  it("shows the code in groups of four, where to enter it, and that it has run out", async () => {
    await using stage = await openStage();
    const now = Date.now();
    await stage.send({
      kind: "pairing",
      clockOffsetMs: 0,
      userCode: "BCDFGHJKLMNP",
      claimUrl: "https://signage.example/pair?code=BCDFGHJKLMNP",
      serverHost: "signage.example",
      startedAtMs: now,
      expiresAtMs: now + 2500,
    });
    await stage.heard("scene", ({ scene }) => scene === "pairing");
    expect(await stage.page.locator(".code-group").allTextContents()).toEqual(["BCDF", "GHJK", "LMNP"]);
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
