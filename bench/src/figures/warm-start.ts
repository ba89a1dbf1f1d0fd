import { glassColour, isNear } from "@vitrine/harness/glass";
import { makeJpeg, RED } from "@vitrine/harness/media";
import { eventually } from "@vitrine/harness/processes";
import { startKiosk } from "@vitrine/harness/vitrine";
import { percentile } from "../interleave.ts";
import { startPlayingKiosk } from "../playing-kiosk.ts";
import { print } from "../print.ts";

const STARTS = 5;

/** From the start of the kiosk's process to the first picture on the glass, with a warm cache and no server. */
export async function run(): Promise<void> {
  await using rig = await startPlayingKiosk(async (folder) => [await makeJpeg(folder, "red.jpg", RED)], null);
  await rig.server.process.end("SIGKILL");
  await rig.kiosk.end("SIGKILL");
  const timesMs: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    await eventually("the glass is dark again", () => !isRed() || undefined);
    const startedMs = performance.now();
    const kiosk = startKiosk({ server: rig.server.url, dataDir: rig.kioskDir, display: rig.display.name });
    await eventually("the picture is on the glass", () => isRed() || undefined, 30_000, 20);
    timesMs.push(performance.now() - startedMs);
    await kiosk.end("SIGTERM");
  }
  print({ name: "kiosk.warm_start.p50", value: percentile(timesMs, 0.5), unit: "ms" });
  print({ name: "kiosk.warm_start.max", value: Math.max(...timesMs), unit: "ms", target: "<= 5000" });

  function isRed(): boolean {
    return isNear(glassColour(rig.display), RED);
  }
}
