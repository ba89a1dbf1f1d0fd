import { BLUE, GREEN, makeJpeg, makeMp4, RED } from "@vitrine/harness/media";
import { percentile } from "../interleave.ts";
import { startPlayingKiosk } from "../playing-kiosk.ts";
import { print } from "../print.ts";
import { watchGlass } from "../watch-glass.ts";

const MINUTES = Number(process.env.VITRINE_BENCH_MINUTES ?? "5");

/** Changes between images and videos: how late each is, frames that videos drop, and black frames on the glass. */
export async function run(): Promise<void> {
  await using rig = await startPlayingKiosk(
    async (folder) => [
      await makeJpeg(folder, "red.jpg", RED),
      makeMp4(folder, "green.mp4", GREEN, 5),
      await makeJpeg(folder, "blue.jpg", BLUE),
      makeMp4(folder, "again.mp4", RED, 5),
    ],
    null,
  );
  for (const item of (await rig.person.api.playlists.get.query({ id: rig.playlistId })).items) {
    if (item.asset?.kind !== "image") continue;
    const change = { playlistId: rig.playlistId, itemId: item.id, durationMs: 5_000 };
    await rig.person.api.playlists.updateItem.mutate(change);
  }
  const from = rig.events("shown").length + 2;
  await using watch = watchGlass(rig.display);
  await new Promise((done) => setTimeout(done, MINUTES * 60_000));
  const seen = await watch.stop();
  const shown = rig.events("shown").slice(from);
  const late = shown.map((event) => Number(event["lateMs"]));
  print({ name: "changes.count", value: shown.length, unit: "change" });
  print({ name: "changes.late.p50", value: percentile(late, 0.5), unit: "ms" });
  print({ name: "changes.late.p95", value: percentile(late, 0.95), unit: "ms" });
  print({ name: "changes.late.max", value: Math.max(...late), unit: "ms" });
  print({
    name: "changes.stand_ins",
    value: shown.filter((event) => event["isStandIn"] === true).length,
    unit: "change",
  });
  print({ name: "changes.frames_watched", value: seen.frames, unit: "frame" });
  print({ name: "changes.black_frames", value: seen.blackFrames, unit: "frame", target: "0" });
  const frames = rig.events("frames");
  const sum = (field: string) => frames.reduce((total, event) => total + Number(event[field]), 0);
  print({ name: "changes.video_frames", value: sum("videoPainted"), unit: "frame" });
  print({ name: "changes.video_frames_dropped", value: sum("videoDropped"), unit: "frame" });
  print({ name: "changes.frames_dropped", value: sum("dropped"), unit: "frame" });
  const gaps = frames.map((event) => Number(event["longestGapMs"]));
  print({ name: "changes.longest_gap", value: Math.max(0, ...gaps), unit: "ms" });
}
