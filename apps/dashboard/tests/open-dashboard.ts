import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launchBrowser } from "@vitrine/harness/browser";
import type { AxeResults, RunOptions } from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright";
import { afterAll, beforeAll, expect } from "vitest";
import type { Answers } from "./fake/router.ts";
import { type FakeServer, serveFake } from "./fake/serve.ts";

/**
 * A browser and a server for the tests of one file. Each page is a person of its own, or with `isOnePerson` one who
 * has been there before, whose browser has kept the scripts: for tests that only look.
 */
export function withDashboard({ isOnePerson = false } = {}): {
  open: (path: string, answers: Answers, options?: BrowserContextOptions) => Promise<OpenPage>;
} {
  let browser: Browser | undefined;
  let server: FakeServer | undefined;
  const contexts = new Map<string, BrowserContext>();
  const contextOf = async (own: Browser, options: BrowserContextOptions) => {
    const key = JSON.stringify(options);
    const known = isOnePerson ? contexts.get(key) : undefined;
    const context =
      known ??
      (await own.newContext({
        viewport: { width: 1280, height: 800 },
        reducedMotion: "reduce",
        ...options,
      }));
    contexts.set(key, context);
    context.setDefaultTimeout(10_000);
    return context;
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
    open: async (path, answers, options = {}) => {
      if (!browser || !server) throw new Error("Pages are opened inside of tests");
      server.answers = { ...answers };
      const context = await contextOf(browser, options);
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on("pageerror", (error) => troubles.push(error.message));
      await page.goto(server.url + path);
      return {
        page,
        server,
        troubles,
        [Symbol.asyncDispose]: () => (isOnePerson ? page.close() : context.close()),
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

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Expects that axe finds nothing against WCAG 2.2 AA in the page, its frames left out. */
export function expectAccessible(page: Page): Promise<void> {
  return expectNothing(page, TAGS);
}

/** Turns the page dark. Colours change at once from then on. */
export async function turnDark(page: Page): Promise<void> {
  await page.evaluate(() => {
    const atOnce = new CSSStyleSheet();
    atOnce.replaceSync("*, ::before, ::after { transition: none !important }");
    document.adoptedStyleSheets.push(atOnce);
  });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
}

/** Turns the page dark and back, and expects that its contrasts, all that differs then, are enough. */
export async function expectContrastInDark(page: Page): Promise<void> {
  await turnDark(page);
  await expectNothing(page, ["color-contrast"]);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

/** Runs axe in the page itself: through its builder for Playwright each run takes three times as long. */
async function expectNothing(page: Page, runOnly: string[]): Promise<void> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const options = { runOnly, resultTypes: ["violations"] } satisfies RunOptions;
  const violations = await page.evaluate(async (options) => {
    // What comes or goes by degrees is looked at once it has; what moves on and on is not waited for.
    const passing = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity);
    const settled = Promise.allSettled(passing.map(({ finished }) => finished));
    await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, 1000))]);
    const axe = Reflect.get(window, "axe") as typeof import("axe-core");
    const found: AxeResults = await axe.run({ exclude: ["iframe"] }, options);
    return found.violations;
  }, options);
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
