import { expect, it } from "vitest";
import type { StageItem } from "../shared/messages.ts";
import { colourOf } from "../testing/pixels.ts";
import { media, plan, sequence } from "../testing/plans.ts";
import { startScreencast } from "../testing/screencast.ts";
import type { StagePage } from "../testing/stage-page.ts";
import { withStage } from "../testing/with-stage.ts";

const openStage = withStage();

/** Longest time between two frames of the video on the glass within some seconds, ms, and how often it began anew. */
function watchSeams({ page }: StagePage, seconds: number): Promise<{ longestMs: number; loops: number }> {
  return page.evaluate(async (forSeconds) => {
    const video = document.querySelector<HTMLVideoElement>(".pane[data-place=front] video");
    if (video === null) throw new Error("No video is on the glass");
    const seen: { atMs: number; mediaTime: number }[] = [];
    const take = (_now: number, { expectedDisplayTime, mediaTime }: VideoFrameCallbackMetadata) => {
      seen.push({ atMs: expectedDisplayTime, mediaTime });
      video.requestVideoFrameCallback(take);
    };
    video.requestVideoFrameCallback(take);
    await new Promise((resolve) => setTimeout(resolve, forSeconds * 1000));
    const steps = seen.slice(1).map(({ atMs, mediaTime }, index) => ({
      gapMs: atMs - (seen[index]?.atMs ?? atMs),
      isSeam: mediaTime < (seen[index]?.mediaTime ?? 0),
    }));
    const seams = steps.filter(({ isSeam }) => isSeam);
    return { longestMs: Math.max(0, ...seams.map(({ gapMs }) => gapMs)), loops: seams.length };
  }, seconds);
}

it.concurrent("shorter than its slot begins anew from what it has, without a black frame", async () => {
  await using stage = await openStage();
  const clip = await stage.folder.addVideo(["red", "lime"], 0.5);
  const requests: string[] = [];
  stage.page.on("request", (request) => requests.push(request.url()));
  await stage.send(plan(sequence(Date.now(), [{ item: media("video", clip), durationMs: 60_000 }])));
  await stage.heard("shown");
  const loaded = requests.length;
  const cast = await startScreencast(stage.page);
  const { longestMs, loops } = await watchSeams(stage, 4);
  const seen = await Promise.all((await cast.stop()).map(({ picture }) => colourOf(picture)));
  process.stdout.write(`loop: ${loops} seams, at most ${longestMs.toFixed(0)} ms without a new frame\n`);
  expect(loops).toBeGreaterThan(1);
  expect(seen).not.toContain("black");
  expect(requests.length).toBe(loaded);
});

it.concurrent("with sound is as loud as screen and content say together, and plays where there is no audio device", async () => {
  await using stage = await openStage();
  const clip = await stage.folder.addVideo(["red", "lime"], 2, "640x360", "tone");
  const item: StageItem = { ...videoItem(clip), loudness: 50 };
  await stage.send({ kind: "settings", rotation: 0, volumePercent: 40 });
  await stage.send(plan(sequence(Date.now(), [{ item, durationMs: 60_000 }])));
  await stage.heard("shown");
  const heard = () =>
    stage.page.evaluate(() => {
      const video = document.querySelector<HTMLVideoElement>(".pane[data-place=front] video");
      return { volume: video?.volume, isMuted: video?.muted, hasMoved: (video?.currentTime ?? 0) > 0.5 };
    });
  await expect.poll(heard, { timeout: 8000 }).toEqual({ volume: 0.2, isMuted: false, hasMoved: true });
  await stage.send({ kind: "settings", rotation: 0, volumePercent: 0 });
  await expect.poll(async () => (await heard()).isMuted).toBe(true);
  expect(stage.said.filter(({ kind }) => kind === "failed" || kind === "trouble")).toEqual([]);
});

function videoItem(sha256: string): Extract<StageItem, { kind: "video" }> {
  return { kind: "video", src: `media/${sha256}`, width: null, height: null, fit: "contain", loudness: 100 };
}
