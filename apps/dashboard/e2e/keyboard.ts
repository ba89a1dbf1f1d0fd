import type { Browser, Locator, Page } from "playwright";

const NARROW = { width: 390, height: 844 };

/** A page of a browser of its own, in a narrow window, without motion. */
export async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: NARROW, reducedMotion: "reduce" });
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

/** Goes on by the Tab key until the control has the focus. */
export async function reach(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let step = 0; step < 80; step += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The Tab key does not reach ${control}`);
}

/** Goes to the control by the Tab key and presses it by Enter. */
export async function press(page: Page, control: Locator): Promise<void> {
  await reach(page, control);
  await page.keyboard.press("Enter");
}
