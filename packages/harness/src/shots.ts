import type { Page } from "playwright";

const WIDTHS = [1280, 390] as const;
const THEMES = ["light", "dark"] as const;

/** Takes a picture of the page in each width and theme, as `<folder>/<name>-<width>-<theme>.png`. */
export async function takePictures(page: Page, folder: string, name: string): Promise<void> {
  for (const width of WIDTHS) {
    for (const theme of THEMES) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.evaluate(() => document.fonts.ready.then(() => true));
      await page.screenshot({ animations: "disabled", path: `${folder}/${name}-${width}-${theme}.png` });
    }
  }
}
