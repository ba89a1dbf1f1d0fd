import type { Browser } from "playwright";
import { afterAll, beforeAll } from "vitest";
import { type MediaFolder, makeMediaFolder } from "./media-folder.ts";
import { type GlassSize, launchBrowser, openStagePage, SMALL_GLASS, type StagePage } from "./stage-page.ts";

/** The stage in a page, and the media that it can show. */
export type TestStage = StagePage & { readonly folder: MediaFolder };

/**
 * A browser and a media folder for the tests of one file; `fill` puts into it what several of them show. What is given
 * opens the stage in a page of its own, on a small glass unless told.
 */
export function withStage(
  fill?: (folder: MediaFolder) => Promise<void>,
  glass: GlassSize = SMALL_GLASS,
): () => Promise<TestStage> {
  let browser: Browser | undefined;
  let folder: MediaFolder | undefined;
  beforeAll(async () => {
    [browser, folder] = await Promise.all([launchBrowser(), makeMediaFolder()]);
    await fill?.(folder);
  });
  afterAll(async () => {
    await browser?.close();
    await folder?.[Symbol.asyncDispose]();
  });
  return async () => {
    if (!browser || !folder) throw new Error("The stage is opened inside of tests");
    return { ...(await openStagePage(browser, folder, glass)), folder };
  };
}
