import { BLUE, makeJpeg, RED } from "@vitrine/harness/media";
import { eventually } from "@vitrine/harness/processes";
import { percentile } from "../interleave.ts";
import { startPlayingKiosk } from "../playing-kiosk.ts";
import { print } from "../print.ts";

const EDITS = 50;
const FULL_HD = { width: 1920, height: 1080 };
const HOUR_MS = 3_600_000;

/** From the moment an edit is sent to the new manifest being active on the screen, and to its picture on the glass. */
export async function run(): Promise<void> {
  await using rig = await startPlayingKiosk(
    async (folder) => [
      await makeJpeg(folder, "red.jpg", RED, FULL_HD),
      await makeJpeg(folder, "blue.jpg", BLUE, FULL_HD),
    ],
    HOUR_MS,
  );
  const { api } = rig.person;
  const view = await api.playlists.get.query({ id: rig.playlistId });
  const [first, second] = view.items;
  if (!first || !second) throw new Error("The playlist has two items");

  // Exactly one item is enabled at a time, so that each edit changes what is on the glass at once.
  await api.playlists.updateItem.mutate({ playlistId: rig.playlistId, itemId: second.id, isEnabled: false });
  await eventually(
    "the first item alone plays",
    () => lastShown(rig.events("shown")) === first.assetId || undefined,
  );
  const toActive: number[] = [];
  const toPaint: number[] = [];
  let [shown, hidden] = [first, second];
  for (let edit = 0; edit < EDITS; edit += 1) {
    await api.playlists.updateItem.mutate({ playlistId: rig.playlistId, itemId: hidden.id, isEnabled: true });
    await eventually(
      "the kiosk has settled",
      () => isUpToDate(rig.events("manifest_active").length) || undefined,
    );
    const activeBefore = rig.events("manifest_active").length;
    const shownBefore = rig.events("shown").length;
    const sentMs = Date.now();
    await api.playlists.updateItem.mutate({ playlistId: rig.playlistId, itemId: shown.id, isEnabled: false });
    const painted = await eventually(
      "the edit is on the glass",
      () =>
        rig
          .events("shown")
          .slice(shownBefore)
          .find((event) => event["assetId"] === hidden.assetId),
      10_000,
      5,
    );
    const active = rig.events("manifest_active")[activeBefore];
    if (active) toActive.push(active.timeMs - sentMs);
    toPaint.push(painted.timeMs - sentMs);
    [shown, hidden] = [hidden, shown];
  }
  report("to_active_manifest", toActive);
  report("to_paint", toPaint);
}

let seenActive = 0;
/** Whether no manifest became active since the last look, 100 ms ago. */
function isUpToDate(count: number): boolean {
  const settled = count === seenActive;
  seenActive = count;
  return settled;
}

function lastShown(events: readonly { [field: string]: unknown }[]): unknown {
  return events.at(-1)?.["assetId"];
}

function report(name: string, timesMs: readonly number[]): void {
  print({ name: `edit_to_glass.${name}.p50`, value: percentile(timesMs, 0.5), unit: "ms", target: "<= 50" });
  print({
    name: `edit_to_glass.${name}.p95`,
    value: percentile(timesMs, 0.95),
    unit: "ms",
    target: "<= 100",
  });
  print({ name: `edit_to_glass.${name}.count`, value: timesMs.length, unit: "edit" });
}
