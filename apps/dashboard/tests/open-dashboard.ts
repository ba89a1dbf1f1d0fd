import { launchBrowser } from "@vitrine/harness/browser";
import type { AxeResults, RunOptions } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { afterAll, beforeAll, expect } from "vitest";
import type { Answers } from "./fake/router.ts";
import { type FakeServer, serveFake } from "./fake/serve.ts";

/**
 * A browser and a server for the tests of one file, which open one page after the other in the same tab: each is a
 * person of its own, but what the browser has made of the scripts, most of what a page costs, is kept.
 */
export function withDashboard(): {
  open: (path: string, answers: Answers, options?: BrowserContextOptions) => Promise<OpenPage>;
} {
  let browser: Browser | undefined;
  let server: FakeServer | undefined;
  const tabs = new Map<string, Page>();
  const openTab = async (own: Browser, options: BrowserContextOptions) => {
    const known = tabs.get(JSON.stringify(options));
    if (known) return known;
    const context = await own.newContext(options);
    context.setDefaultTimeout(10_000);
    const tab = await context.newPage();
    tabs.set(JSON.stringify(options), tab);
    return tab;
  };
  beforeAll(async () => {
    browser = await launchBrowser();
    server = await serveFake();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });
  return {
    open: async (path, answers, { viewport, colorScheme = "light", ...options } = {}) => {
      if (!browser || !server) throw new Error("Pages are opened inside of tests");
      server.answers = { ...answers };
      const page = await openTab(browser, options);
      await page.setViewportSize(viewport ?? { width: 1280, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const troubles: string[] = [];
      const note = (error: Error) => troubles.push(error.message);
      page.on("pageerror", note);
      const { url } = server;
      await page.goto(url + path);
      return {
        page,
        server,
        troubles,
        [Symbol.asyncDispose]: async () => {
          page.off("pageerror", note);
          await page.unrouteAll();
          await page.mouse.move(-1, -1);
          await page.goto(`${url}/left`);
        },
      };
    },
  };
}

export type OpenPage = AsyncDisposable & {
  page: Page;
  server: FakeServer;
  /** Errors that nobody caught in the page. */
  troubles: string[];
};

/**
 * Goes to an address as a link does, by way of one that leads nowhere, so that nothing of the page before is taken for
 * it. In a page that stays, axe and the scripts are warm and cost a half.
 */
export async function goTo(page: Page, path: string): Promise<void> {
  const push = (to: string) => page.evaluate((to) => history.pushState({}, "", to), to);
  await push("/nowhere");
  await page.getByText(/^This address leads nowhere/).waitFor();
  await push(path);
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Expects that axe finds nothing against WCAG 2.2 AA in the page, or in a part of it; frames are left out. */
export function expectAccessible(page: Page, part = "html"): Promise<void> {
  return expectNothing(page, TAGS, part);
}

/** Turns the page dark. Colours change at once from then on. */
export async function turnDark(page: Page): Promise<void> {
  await page.evaluate(() => {
    const atOnce = new CSSStyleSheet();
    atOnce.replaceSync("*, ::before, ::after { transition: none !important }");
    document.adoptedStyleSheets = [atOnce];
  });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
}

/** Turns the page dark and back, and expects that its contrasts, all that differs then, are enough. */
export async function expectContrastInDark(page: Page): Promise<void> {
  await turnDark(page);
  await expectNothing(page, ["color-contrast"], "html");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

/** Runs axe in the page itself: through its builder for Playwright each run takes three times as long. */
async function expectNothing(page: Page, runOnly: string[], part: string): Promise<void> {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ url: "/axe.min.js" });
  const options = { runOnly, resultTypes: ["violations"] } satisfies RunOptions;
  const context = { include: part, exclude: "iframe" };
  const violations = await page.evaluate(
    async ([context, options]) => {
      // What comes or goes by degrees is looked at once it has; what moves on and on is not waited for.
      const passing = document
        .getAnimations()
        .filter((one) => one.effect?.getTiming().iterations !== Infinity);
      const settled = Promise.allSettled(passing.map(({ finished }) => finished));
      await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, 1000))]);
      const axe = Reflect.get(window, "axe") as typeof import("axe-core");
      const found: AxeResults = await axe.run(context, options);
      return found.violations;
    },
    [context, options] as const,
  );
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `    ${node.html.slice(0, 200)}\n    ${node.failureSummary ?? ""}`).join("\n")}`,
  );
  expect(told).toEqual([]);
}

/** An answer that never comes. */
export function never(): Promise<never> {
  return new Promise(() => undefined);
}
