import type { ManifestPreview } from "@vitrine/core/model/manifest";
import type { Page } from "playwright";
import { expect, test } from "vitest";
import { busyDay } from "./fake/preview.ts";
import { idOf } from "./fake/things.ts";
import { forecastAnswers } from "./fake/why.ts";
import { answersOf, busyCafe, NOTHING } from "./fake/world.ts";
import { expectAccessible, never, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();
const SOON = { timeout: 10_000 };
const WINDOW = `/screens/${idOf(3, 0)}/preview`;
const slider = (page: Page) => page.getByRole("slider", { name: "Time of day" });
const told = (page: Page) => slider(page).getAttribute("aria-valuetext");
const at = (page: Page) => new URL(page.url()).searchParams.get("at");

test("the slider goes through the day by keyboard, and says why each thing plays", async () => {
  await using open = await dashboard.open(`${WINDOW}?at=2026-03-03T09:00:00`, answersOf(busyCafe()));
  const { page } = open;
  const why = page.getByRole("region", { name: "Why is this playing?" });
  await why.getByText("because “Morning” (priority 5) is active from 7:00 AM to 11:00 AM.").waitFor();
  await why.getByText("It beats “Background” (priority 0).").waitFor();
  await why.getByText("“Harbour at dawn.jpg” in “Lunch” waits for the daypart “Lunch time”.").waitFor();
  await slider(page).focus();
  expect(await told(page)).toMatch(/^9:00:00\sAM, Morning$/);
  for (const [key, says, address] of [
    ["ArrowRight", /^9:01:00\sAM, Morning$/, "2026-03-03T09:01:00"],
    ["Shift+ArrowRight", /^9:16:00\sAM, Morning$/, "2026-03-03T09:16:00"],
    ["PageUp", /^10:16:00\sAM, Morning$/, "2026-03-03T10:16:00"],
    ["PageUp", /^11:16:00\sAM, Lunch board$/, "2026-03-03T11:16:00"],
    ["ArrowLeft", /^11:15:00\sAM, Lunch board$/, "2026-03-03T11:15:00"],
    ["End", /^11:59:59\sPM, Nothing plays$/, "2026-03-03T23:59:59"],
    ["Home", /^12:00:00\sAM, Nothing plays$/, "2026-03-03T00:00:00"],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => told(page), SOON).toMatch(says);
    await expect.poll(() => at(page), SOON).toBe(address);
  }
  await page
    .getByRole("region", { name: "Why is nothing playing?" })
    .getByText(/^Nothing plays: no entry/)
    .waitFor();
  await expectAccessible(page);
  expect(open.troubles).toEqual([]);
});

test("the stage shows the zones of a layout, and what a line of the day leads to", async () => {
  await using open = await dashboard.open(`${WINDOW}?at=2026-03-03T11:30:00`, answersOf(busyCafe()));
  const { page } = open;
  const stage = page.frameLocator("iframe[title='Preview of the screen']");
  await expect.poll(() => stage.locator(".zone").count(), SOON).toBe(3);
  await page.getByRole("button", { name: /^Override: Fire drill/ }).click();
  await expect.poll(() => at(page), SOON).toBe("2026-03-03T15:00:00");
  await page.getByText("It should show “Opening hours”").waitFor();
  await page
    .getByText("“Opening hours” is on because the override “Fire drill” goes before everything else")
    .waitFor();
  await page.getByRole("button", { name: "Next change" }).click();
  await expect.poll(() => at(page), SOON).toBe("2026-03-03T15:20:00");
  await page.getByRole("button", { name: "Previous change" }).click();
  await expect.poll(() => at(page), SOON).toBe("2026-03-03T15:00:00");
  expect(open.troubles).toEqual([]);
});

test("a moment can be typed, also on a day of 25 hours, runs on from there, and now is one press away", async () => {
  await using open = await dashboard.open(WINDOW, answersOf(busyCafe()));
  const { page } = open;
  await page.getByRole("button", { name: "Pause preview" }).waitFor();
  await page.getByLabel("Date").fill("2026-10-25");
  await page.getByText("The clocks change on this day: it has 25 hours.").waitFor();
  await page.getByLabel("Time", { exact: true }).fill("17:30");
  await expect.poll(() => at(page), SOON).toMatch(/^2026-10-25T17:30/);
  expect(await told(page)).toMatch(/Happy hour and Evening music$/);
  await page.getByText(/It takes turns with “(Evening music|Happy hour)”/).waitFor();
  const before = await told(page);
  await expect.poll(() => told(page), SOON).not.toBe(before);
  await page.getByRole("button", { name: "Pause preview" }).click();
  await page.getByLabel("Time", { exact: true }).fill("02:30");
  await slider(page).focus();
  await page.keyboard.press("PageUp");
  await expect.poll(() => at(page), SOON).toMatch(/^2026-10-25T02:30:..\+01:00$/);
  await page.reload();
  await expect.poll(() => told(page), SOON).toMatch(/^2:30/);
  await page.getByRole("button", { name: "Now", exact: true }).click();
  await expect.poll(() => at(page), SOON).toBe(null);
  await page.getByRole("button", { name: "Pause preview" }).waitFor();
});

test("airtime is told in words, drawn, and one press away as a table; an empty forecast says so", async () => {
  const asked: { from: string; until: string }[] = [];
  const answers = answersOf(busyCafe());
  const real = forecastAnswers(busyDay(busyCafe().playlists, "Window"))["schedule.airtime"];
  await using open = await dashboard.open(`/screens/${idOf(3, 0)}`, {
    ...answers,
    "schedule.airtime": (input: { from: string; until: string }) => {
      asked.push(input);
      return real?.(input as never);
    },
  });
  const section = open.page.getByRole("region", { name: "Airtime", exact: true });
  await section
    .getByText(/^10 things share the screen\. “.+” has the most: \d+ h \d+ min, \d+% of the time\./)
    .waitFor();
  await section.getByRole("button", { name: "Show as table" }).click();
  await section.getByRole("row", { name: /^Gift cards/ }).waitFor();
  await section.getByRole("radio", { name: "Next 7 days" }).check();
  await expect.poll(() => asked.length, SOON).toBe(2);
  expect(Date.parse(asked[1]?.until ?? "") - Date.parse(asked[1]?.from ?? "")).toBeGreaterThan(
    6.9 * 86_400_000,
  );
  await expectAccessible(open.page);
  open.server.answers = { ...answers, "schedule.airtime": () => ({ rows: [], totalMs: 86_400_000 }) };
  await section.getByRole("radio", { name: "Next 30 days" }).check();
  await section.getByText("By the schedule, nothing is shown in this time.").waitFor();
});

test("the preview has its states: loading, an error that can be tried again, and nothing to play", async () => {
  const answers = answersOf(busyCafe());
  const empty: ManifestPreview = busyDay([], "Window");
  await using open = await dashboard.open(WINDOW, { ...answers, "devices.preview": never });
  await open.page.getByRole("status").getByText("Loading").first().waitFor({ state: "attached" });
  open.server.answers = {
    ...answers,
    "devices.preview": () => {
      throw new Error("broken");
    },
  };
  await open.page.reload();
  await open.page.getByText(/^req-/).waitFor();
  await expectAccessible(open.page);
  open.server.answers = {
    ...answersOf({ ...NOTHING, devices: busyCafe().devices }),
    "devices.preview": () => empty,
    ...forecastAnswers(empty),
  };
  await open.page.getByRole("button", { name: "Try again" }).click();
  await open.page.getByText("Nothing plays", { exact: true }).first().waitFor();
  await expectAccessible(open.page);
});
