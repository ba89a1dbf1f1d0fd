import { expect, test } from "vitest";
import { runStageSoak } from "./stage-soak.ts";

test("changes as fast as they can be told show every kind of content, and never black", async () => {
  const soak = await runStageSoak({ changes: 100, pictureMs: 150, memoryLooks: 4 });
  const { looks, blackLooks, changes, missed, seconds, shownByKind } = soak;
  process.stdout.write(
    `soak: ${changes} changes in ${seconds.toFixed(0)} s, ${missed} slots missed, ${looks} looks\n`,
  );
  expect(blackLooks).toBe(0);
  expect(looks).toBeGreaterThan(100);
  expect(Object.keys(shownByKind).sort()).toEqual(["image", "video", "web"]);
  expect(soak.failures).toEqual([]);
}, 180_000);
