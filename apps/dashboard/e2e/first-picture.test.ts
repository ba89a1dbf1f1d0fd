import { join } from "node:path";
import { launchBrowser } from "@vitrine/harness/browser";
import { glassColour, isNear, readQrCode, startDisplay, waitForColour } from "@vitrine/harness/glass";
import { BLUE, GREEN, makeJpeg, makeMp4, RED, servePage } from "@vitrine/harness/media";
import { eventually, temporaryFolder } from "@vitrine/harness/processes";
import { startKiosk, startVitrine } from "@vitrine/harness/vitrine";
import type { Locator, Page } from "playwright";
import { expect, test } from "vitest";

test.concurrent("from the first visit to a picture on the glass in at most 8 clicks and 2 sections, and nothing claims more than the screen has confirmed", async () => {
  using folder = temporaryFolder();
  await using display = await startDisplay();
  await using server = await startVitrine(join(folder.path, "server"));
  await using page = await openPage(server.url);
  await using _kiosk = startKiosk({
    server: server.url,
    dataDir: join(folder.path, "kiosk"),
    display: display.name,
  });
  const way = countClicks(page.page);
  const picture = await makeJpeg(folder.path, "window.jpg", RED);

  await signUp(page.page, way);
  const chooser = page.page.waitForEvent("filechooser");
  await way.click(page.page.getByRole("button", { name: "Add content" }).first());
  await (await chooser).setFiles(picture);
  const code = await codeOnGlass(display);
  await way.click(page.page.getByRole("button", { name: "Pair a screen" }).first());
  await page.page.getByLabel("Code on the screen").fill(code);
  const claim = page.page.getByRole("button", { name: "Pair this screen" });
  await claim.waitFor();
  await way.click(claim);

  const saysPlaying = page.page.getByRole("dialog").getByText(/^(On the glass: |A picture is on the glass)/);
  const claims: { saysPlaying: boolean; isOnGlass: boolean }[] = [];
  await eventually(
    "the dialog says that it plays",
    async () => {
      const says = await saysPlaying.isVisible();
      claims.push({ saysPlaying: says, isOnGlass: isNear(glassColour(display), RED) });
      return says ? true : undefined;
    },
    90_000,
    100,
  );
  expect(claims.filter((claim) => claim.saysPlaying && !claim.isOnGlass)).toEqual([]);
  expect(way.count(), way.log()).toBeLessThanOrEqual(8);
  expect(way.sections().length, way.sections().join(", ")).toBeLessThanOrEqual(2);
  process.stdout.write(`first picture: ${way.count()} clicks, sections ${way.sections().join(", ")}\n`);
});

test.concurrent("photo, film and web page show in turn on the glass, and an edit in the browser changes it", async () => {
  using folder = temporaryFolder();
  await using display = await startDisplay();
  await using server = await startVitrine(join(folder.path, "server"));
  await using website = await servePage(BLUE);
  await using browser = await openPage(server.url);
  const { page } = browser;
  const way = countClicks(page);
  await using _kiosk = startKiosk({
    server: server.url,
    dataDir: join(folder.path, "kiosk"),
    display: display.name,
  });

  await signUp(page, way);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Add content" }).first().click();
  await (await chooser).setFiles([
    await makeJpeg(folder.path, "photo.jpg", RED),
    makeMp4(folder.path, "film.mp4", GREEN, 4),
  ]);
  await page.getByRole("button", { name: "Add a web page" }).first().click();
  await page.getByRole("dialog").getByLabel("Address").fill(website.url);
  await page.keyboard.press("Enter");
  await page
    .getByRole("region", { name: "Uploads" })
    .getByText("2 files uploaded")
    .waitFor({ timeout: 60_000 });
  await page.goto(`${server.url}/content`);
  for (const name of ["photo", "film"]) {
    await page.getByText(name, { exact: false }).first().waitFor({ timeout: 60_000 });
  }
  await eventually(
    "both files are ready",
    async () => ((await page.getByText("Waiting").count()) === 0 ? true : undefined),
    60_000,
  );

  await page.goto(server.url);
  await page.getByRole("button", { name: "Pair a screen" }).first().click();
  await page.getByLabel("Code on the screen").fill(await codeOnGlass(display));
  await page.getByRole("button", { name: "Pair this screen" }).click();
  for (const colour of [RED, GREEN, BLUE, RED]) await waitForColour(display, colour, 90_000);

  await page.goto(`${server.url}/playlists`);
  await page
    .getByRole("main")
    .getByRole("link", { name: /playlist$/i })
    .first()
    .click();
  for (const [name, left] of [
    ["photo", 2],
    ["film", 1],
  ] as const) {
    await page
      .getByRole("button", { name: new RegExp(`^Remove .*${name}`) })
      .first()
      .click();
    await eventually("the item is gone", async () => {
      const count = await page.getByRole("button", { name: /^Remove / }).count();
      return count === left ? true : undefined;
    });
  }
  await waitForColour(display, BLUE, 10_000);
  for (let look = 0; look < 20; look += 1) {
    expect(isNear(glassColour(display), BLUE)).toBe(true);
    await new Promise((done) => setTimeout(done, 500));
  }
});

async function openPage(url: string): Promise<AsyncDisposable & { page: Page }> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  return { page, [Symbol.asyncDispose]: () => browser.close() };
}

type Way = { click(target: Locator): Promise<void>; count(): number; sections(): string[]; log(): string };

/** Counts what a newcomer presses, and in which sections of the dashboard. */
function countClicks(page: Page): Way {
  const clicks: string[] = [];
  const sections = new Set<string>();
  return {
    async click(target) {
      sections.add(new URL(page.url()).pathname.split("/")[1] || "overview");
      clicks.push(((await target.textContent()) ?? "").trim());
      await target.click();
    },
    count: () => clicks.length,
    sections: () => [...sections],
    log: () => clicks.join(" → "),
  };
}

async function signUp(page: Page, way: Way): Promise<void> {
  await page.getByRole("button", { name: "Create account" }).waitFor();
  await page.getByLabel("Your name").fill("Mara Lind");
  await page.getByLabel("E-mail").fill("mara@example.com");
  await page.getByLabel("Password", { exact: true }).fill("a long password");
  await page.getByLabel(/organization/i).fill("Café Morgenrot");
  await way.click(page.getByRole("button", { name: "Create account" }));
  await page.getByRole("heading", { name: "First steps" }).waitFor();
}

async function codeOnGlass(display: Parameters<typeof readQrCode>[0]): Promise<string> {
  return new URL(await readQrCode(display)).searchParams.get("code") ?? "";
}
