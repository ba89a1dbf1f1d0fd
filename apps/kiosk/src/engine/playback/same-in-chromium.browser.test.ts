import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generatedTimelines } from "@vitrine/core/schedule/testing/generated-days";
import { build } from "vite";
import { expect, test } from "vitest";
import { launchBrowser } from "../../testing/stage-page.ts";

/** A script that leaves the timelines where the test finds them, as a browser runs it. */
async function bundle(): Promise<string> {
  const folder = await mkdtemp(join(import.meta.dirname, ".same-"));
  try {
    const entry = join(folder, "entry.ts");
    await writeFile(
      entry,
      `import { generatedTimelines } from "@vitrine/core/schedule/testing/generated-days";
      globalThis.timelines = generatedTimelines();`,
    );
    const built = await build({
      configFile: false,
      logLevel: "error",
      build: { write: false, lib: { entry, formats: ["iife"], name: "same" } },
    });
    const [first] = Array.isArray(built) ? built : [built];
    const chunk = first && "output" in first ? first.output[0] : undefined;
    if (!chunk) throw new Error("Nothing was bundled");
    return chunk.code;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("Node and Chromium work out the same timelines, byte for byte", async () => {
  await using browser = await launchBrowser();
  const page = await browser.newPage({ timezoneId: "Pacific/Kiritimati", locale: "ar-EG" });
  await page.addScriptTag({ content: await bundle() });
  const inChromium = await page.evaluate<string>("globalThis.timelines");
  const inNode = generatedTimelines();
  expect(inNode.length).toBeGreaterThan(1_000_000);
  expect(inChromium === inNode, "the texts are the same").toBe(true);
});
