import sharp from "sharp";
import { expect, it } from "vitest";
import type { MediaFolder } from "../testing/media-folder.ts";
import { colourOf } from "../testing/pixels.ts";
import { media, plan, sequence } from "../testing/plans.ts";
import { startScreencast } from "../testing/screencast.ts";
import { withStage } from "../testing/with-stage.ts";

const FRAME_MS = 600;

let yellow: string;

const openStage = withStage(async (folder) => {
  yellow = await folder.addImage("yellow");
});

/** Red, lime and blue for 600 ms each, over and over. */
async function makeAnimation(folder: MediaFolder, format: "gif" | "webp"): Promise<string> {
  const frames = await Promise.all(
    ["red", "lime", "blue"].map((background) =>
      sharp({ create: { width: 320, height: 180, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const joined = sharp(frames, { join: { animated: true } });
  const delay = [FRAME_MS, FRAME_MS, FRAME_MS];
  const bytes = await (format === "gif"
    ? joined.gif({ delay, loop: 0 })
    : joined.webp({ delay, loop: 0 })
  ).toBuffer();
  return folder.addBytes(bytes, `image/${format}`);
}

it.concurrent.each(["gif", "webp"] as const)(
  "an animated %s begins with its first frame each time it comes",
  async (format) => {
    await using stage = await openStage();
    const sha256 = await makeAnimation(stage.folder, format);
    const animation = { item: media("image", sha256), durationMs: 1700 };
    const still = { item: media("image", yellow), durationMs: 1300 };
    const requests: string[] = [];
    stage.page.on("request", (request) => requests.push(request.url()));
    const cast = await startScreencast(stage.page);
    const slots = sequence(Date.now() + 300, [still, animation, still, animation, still]);
    await stage.send(plan(slots));
    await stage.heard("shown", ({ slotId }) => slotId === "e");
    const frames = await cast.stop();
    for (const { startsAtMs, endsAtMs } of [slots[1], slots[3]].filter((slot) => slot !== undefined)) {
      const during = frames.filter(({ atMs }) => atMs > startsAtMs && atMs < endsAtMs);
      const seen = await Promise.all(during.map(({ picture }) => colourOf(picture)));
      const order = seen.filter((colour, index) => colour !== seen[index - 1] && colour !== "yellow");
      expect(order).toEqual(["red", "lime", "blue"]);
    }
    expect(requests.filter((url) => url.endsWith(sha256))).toHaveLength(2);
  },
);
