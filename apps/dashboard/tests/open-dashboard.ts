import { AxeBuilder } from "@axe-core/playwright";
import { launchBrowser } from "@vitrine/harness/browser";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { afterAll, beforeAll, expect, inject } from "vitest";
import type { Answers } from "./fake/router.ts";
import { type FakeServer, serveFake } from "./fake/serve.ts";

/** A browser and a server for the tests of one file; each page is a person of its own. */
export function withDashboard(): {
  open: (path: string, answers: Answers, options?: BrowserContextOptions) => Promise<OpenPage>;
} {
  let browser: Browser | undefined;
  let server: FakeServer | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
    server = await serveFake(inject("dashboardDir"), {});
  });
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });
  return {
    open: async (path, answers, options = {}) => {
      if (!browser || !server) throw new Error("Pages are opened inside of tests");
      server.answers = { ...answers };
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        reducedMotion: "reduce",
        ...options,
      });
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on("pageerror", (error) => troubles.push(error.message));
      await page.goto(server.url + path);
      return {
        page,
        server,
        troubles,
        [Symbol.asyncDispose]: () => context.close(),
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

/** Expects that axe finds nothing against WCAG 2.2 AA in the page, its frames left out. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNothing(axe(page).withTags(TAGS));
}

/** Turns the page dark and expects that its contrasts, all that differs then, are enough. */
export async function expectContrastInDark(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectNothing(axe(page).withRules(["color-contrast"]));
}

/** Legacy mode leaves frames to themselves, which are left out here, and spares a page for each run. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(true).exclude("iframe");
}

async function expectNothing(builder: AxeBuilder): Promise<void> {
  const found = await builder.analyze();
  const told = found.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `    ${node.html.slice(0, 200)}\n    ${node.failureSummary ?? ""}`).join("\n")}`,
  );
  expect(told).toEqual([]);
}

/** An answer that never comes. */
export function never(): Promise<never> {
  return new Promise(() => undefined);
}
