import { join } from "node:path";
import { launchBrowser } from "@vitrine/harness/browser";
import { isNear, meanColour, startDisplay, waitForColour } from "@vitrine/harness/glass";
import { BLUE, GREEN, makeJpeg, RED } from "@vitrine/harness/media";
import { type Person, signUp, untilReady, upload } from "@vitrine/harness/person";
import { eventually, repository, run, temporaryFolder } from "@vitrine/harness/processes";
import { startKiosk, startVitrine } from "@vitrine/harness/vitrine";
import type { Locator, Page } from "playwright";
import sharp from "sharp";
import { expect, test } from "vitest";

const SIMULATED = 3;

test("an override reaches every screen, says so, and ends by itself; a weekly entry made by dragging shows in next Tuesday's preview, and why", async () => {
  using folder = temporaryFolder();
  await using display = await startDisplay();
  await using server = await startVitrine(join(folder.path, "server"));
  const person = await signUp(server.url, "Mara", "Café Morgenrot");
  await person.api.organization.update.mutate({ timeZone: "Europe/Berlin" });
  const content = await Promise.all(
    Object.entries({ closed: RED, breakfast: GREEN, alarm: BLUE }).map(async ([name, colour]) => {
      const id = await upload(server.url, person, await makeJpeg(folder.path, `${name}.jpg`, colour));
      await untilReady(person, id);
      return id;
    }),
  );
  const [closed = "", breakfast = ""] = content;
  const always = await person.api.playlists.create.mutate({ name: "Always", assetIds: [closed] });
  await person.api.playlists.create.mutate({ name: "Breakfast", assetIds: [breakfast] });
  await person.api.organization.update.mutate({ defaultPlaylistId: always.id });
  const key = await person.api.apiKeys.create.mutate({
    name: "Simulated screens",
    grants: ["devices.pair"],
    expiresAt: null,
  });
  await using _fleet = run(
    process.execPath,
    [
      join(repository, "apps/kiosk/src/fleet/main.ts"),
      ...["--server", server.url, "--screens", `${SIMULATED}`, "--data", join(folder.path, "fleet")],
    ],
    { VITRINE_API_KEY: key.secret },
  );
  await using kiosk = startKiosk({
    server: server.url,
    dataDir: join(folder.path, "kiosk"),
    display: display.name,
  });
  const [, code = ""] = await kiosk.waitFor(/enter the code (\S+)/, 60_000);
  const { id: deviceId } = await person.api.devices.claim.mutate({ code, name: "Window" });
  await waitForColour(display, RED, 90_000);
  await untilAllPlay(person);

  await using browser = await openPage(server.url, person);
  const { page } = browser;
  await page.goto(server.url);
  await startOverride(page);
  const startedMs = performance.now();
  await waitForColour(display, BLUE, 15_000);
  const glassMs = performance.now() - startedMs;
  const card = page.getByRole("article", { name: "Override: alarm" });
  await card.getByText(`On the glass ${SIMULATED + 1} of ${SIMULATED + 1}`).waitFor({ timeout: 30_000 });
  const receiptsMs = performance.now() - startedMs;
  await card.getByRole("button", { name: "Show screens" }).click();
  const receipts = card.getByRole("listitem").filter({ hasText: "On the glass" });
  await expect.poll(() => receipts.count()).toBe(SIMULATED + 1);

  const tuesday = nextTuesday();
  await makeWeeklyEntry(page, server.url, tuesday);
  const preview = (date: string) => `${server.url}/screens/${deviceId}/preview?at=${date}T09:00:00`;
  await page.goto(preview(tuesday));
  const why = page.getByRole("region", { name: "Why is this playing?" });
  await why.getByText(/“breakfast.*” is on because “Breakfast”.* is active from 0?9:00 to 11:00/).waitFor();
  await untilStageShows(page, GREEN);
  await page.goto(preview(addDays(tuesday, -1)));
  await why.getByText(/because the organization’s default playlist plays/).waitFor();
  await untilStageShows(page, RED);

  // Mostly there again before the override has run out.
  await page.goto(server.url);
  await page.getByText("On the glass now").first().waitFor();
  await waitForColour(display, RED, 130_000);
  await card.waitFor({ state: "detached", timeout: 10_000 });
  expect((await person.api.schedule.overrides.query()).rows).toEqual([]);
  process.stdout.write(
    `override: on the glass after ${Math.round(glassMs)} ms, all ${SIMULATED + 1} receipts after ${Math.round(receiptsMs)} ms\n`,
  );
}, 300_000);

async function openPage(url: string, person: Person): Promise<AsyncDisposable & { page: Page }> {
  const browser = await launchBrowser();
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1400, height: 1000 },
  });
  const [name = "", value = ""] = person.cookie.split("=");
  await context.addCookies([{ name, value, url }]);
  return { page: await context.newPage(), [Symbol.asyncDispose]: () => browser.close() };
}

async function makeWeeklyEntry(page: Page, url: string, tuesday: string): Promise<void> {
  const day = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  }).format(new Date(tuesday));
  const cell = (time: string) =>
    page.getByRole("gridcell", { name: `${day.replace(",", "")}, ${time}`, exact: true });
  await page.goto(`${url}/schedule?date=${tuesday}`);
  await drag(page, cell("09:00"), cell("11:00"));
  const panel = page.getByRole("complementary", { name: "New entry" });
  await panel.getByRole("button", { name: /^Shows/ }).click();
  await page.getByRole("dialog", { name: "What to show" }).getByRole("button", { name: "Breakfast" }).click();
  await panel.getByLabel("End time").fill("11:00");
  await panel.getByRole("radio", { name: "Repeating" }).check();
  await panel.getByRole("combobox", { name: "Repeats" }).click();
  await page.getByRole("option", { name: "Every week on Tuesday" }).click();
  await panel.getByRole("button", { name: "Add to the schedule" }).click();
  await page
    .getByRole("button", { name: "Breakfast, 09:00 to 11:00, repeats weekly", exact: true })
    .waitFor();
}

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const start = await from.boundingBox();
  const end = await to.boundingBox();
  if (!start || !end) throw new Error("There is nothing to drag over");
  await page.mouse.move(start.x + start.width / 2, start.y + 3);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2, start.y + 20, { steps: 2 });
  await page.mouse.move(end.x + end.width / 2, end.y + 3, { steps: 4 });
  await page.mouse.up();
}

/** One click opens, one starts; in between are what, where and the end, which is the next minute but one at the latest. */
async function startOverride(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Show now…" }).click();
  const dialog = page.getByRole("dialog", { name: "Show now" });
  await dialog.getByRole("radio", { name: /^alarm/ }).check();
  await dialog.getByRole("radio", { name: "Other…" }).check();
  const end = new Date(Math.ceil((Date.now() + 15_000) / 60_000) * 60_000);
  const local = end.toLocaleString("sv-SE", { timeZone: "Europe/Berlin" }).slice(0, 16).replace(" ", "T");
  await dialog.getByLabel("Ends at").fill(local);
  await dialog.getByRole("button", { name: "Show now" }).click();
}

/** The stage of the preview is the real one: what it paints is looked at, not what it was told. */
async function untilStageShows(page: Page, colour: readonly [number, number, number]): Promise<void> {
  const stage = page.locator("iframe[title='Preview of the screen']");
  await eventually(
    `the preview shows rgb(${colour.join(", ")})`,
    async () => {
      const { data, info } = await sharp(await stage.screenshot())
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const seen = meanColour({ width: info.width, height: info.height, rgb: data });
      return isNear(seen, colour) ? true : undefined;
    },
    20_000,
    200,
  );
}

async function untilAllPlay({ api }: Person): Promise<void> {
  await eventually(
    "all screens play",
    async () => {
      const counts = await api.devices.counts.query();
      return counts.playing === SIMULATED + 1 ? true : undefined;
    },
    90_000,
    300,
  );
}

/** The Tuesday of the week after this one, so that nothing of it is past. */
function nextTuesday(): string {
  const today = new Date().toISOString().slice(0, 10);
  const day = new Date(today).getUTCDay();
  return addDays(today, ((9 - day) % 7) + (day === 2 ? 7 : 0) || 7);
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
