import { appError } from "@vitrine/core/model/errors";
import type { updateLayoutInput } from "@vitrine/core/model/layout";
import type { Page } from "playwright";
import { expect, test } from "vitest";
import type * as z from "zod";
import { layoutAnswers } from "./fake/layouts.ts";
import { idOf } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();
const PATH = `/layouts/${idOf(8, 1)}`;
type Update = z.infer<typeof updateLayoutInput>;

/** The café, and what it is told to make of its layouts. */
function cafeThatSaves() {
  const cafe = busyCafe();
  const saved: Update[] = [];
  const { "layouts.update": update } = layoutAnswers(cafe.layouts ?? []);
  const answers = {
    ...answersOf(cafe),
    "layouts.update": (input: Update) => {
      saved.push(input);
      return update(input);
    },
  };
  return { answers, saved };
}

/** Where a zone lies on the canvas, in whole percent. */
async function percents(page: Page, name: string) {
  const zone = page.getByRole("application").getByRole("button", { name: new RegExp(`^${name},`) });
  return zone.evaluate((element) => {
    const { left, top, width, height } = element.style;
    return [left, top, width, height].map((side) => Math.round(Number.parseFloat(side) * 10) / 10);
  });
}

async function drag(page: Page, from: { x: number; y: number }, by: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x / 2, from.y + by.y / 2);
  await page.mouse.move(from.x + by.x, from.y + by.y);
}

test("a zone is dragged to lie against its neighbour, resized by a handle, undone, and saved whole", async () => {
  const { answers, saved } = cafeThatSaves();
  await using open = await dashboard.open(PATH, answers);
  const { page } = open;
  const canvas = await page.getByRole("application").boundingBox();
  if (!canvas) throw new Error("There is no canvas");
  const at = (x: number, y: number) => ({ x: canvas.x + canvas.width * x, y: canvas.y + canvas.height * y });

  await drag(page, at(0.87, 0.4), { x: -canvas.width * 0.245, y: canvas.height * 0.11 });
  await page.locator('[data-guide="x"]').first().waitFor();
  await page.mouse.up();
  await expect.poll(() => page.locator("[data-guide]").count()).toBe(0);
  const moved = await percents(page, "News");
  expect(moved).toEqual([50, 10, 26, 80]);

  const handle = await page.locator('[data-handle="1 1"]').boundingBox();
  if (!handle) throw new Error("There is no handle");
  await drag(
    page,
    { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 },
    { x: canvas.width * 0.243, y: -canvas.height * 0.103 },
  );
  await page.mouse.up();
  const resized = await percents(page, "News");
  expect(resized).toEqual([50, 10, 50, 70]);

  await page.getByRole("button", { name: "Undo" }).click();
  expect(await percents(page, "News")).toEqual(moved);
  await page.getByRole("button", { name: "Redo" }).click();
  expect(await percents(page, "News")).toEqual(resized);

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved", { exact: true }).waitFor();
  await expect.poll(() => saved).toHaveLength(1);
  expect(saved[0]?.zones?.map(({ name, left, z }) => [name, left, z])).toEqual([
    ["Menu", 0, 0],
    ["News", 0.5, 1],
    ["Offers", 0, 2],
  ]);
  await expect.poll(() => page.getByRole("button", { name: "Save", exact: true }).isDisabled()).toBe(true);
});

test("everything on the canvas is done by keyboard, and said", async () => {
  const { answers, saved } = cafeThatSaves();
  await using open = await dashboard.open(PATH, answers);
  const { page } = open;
  const said = (text: string) => page.getByRole("status").getByText(text).waitFor({ state: "attached" });
  const canvas = page.getByRole("application");
  await canvas.getByRole("button", { name: /^Menu, Lunch. Main zone/ }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Alt+Shift+ArrowLeft");
  expect(await percents(page, "News")).toEqual([74, 0, 21, 80]);
  await said("News: width 21%, height 80%.");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  expect(await percents(page, "News")).toEqual([75, 5, 21, 80]);
  await said("News: left 75%, top 5%.");
  await page.keyboard.press("]");
  await said("News is at place 3 of 3, counted from the back.");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("value"))).toBe("News");
  await page.keyboard.type("Weather");
  await page.getByRole("button", { name: "Make it the main zone" }).click();
  await canvas.getByRole("button", { name: /^Menu, Lunch/ }).focus();
  await page.keyboard.press("Delete");
  await said("Menu was removed.");
  await page.keyboard.press("Control+z");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved", { exact: true }).waitFor();
  expect(saved[0]?.zones?.map(({ name }) => name)).toEqual(["Menu", "Offers", "Weather"]);
  expect(saved[0]?.mainZoneId).toBe(idOf(9, 21));
  expect(open.troubles).toEqual([]);
});

test("faults land on their zone and field, what is not saved is asked for, and a playlist is picked by its film", async () => {
  const { answers } = cafeThatSaves();
  await using open = await dashboard.open(PATH, {
    ...answers,
    "layouts.update": () => {
      throw appError("INVALID_INPUT", {
        issues: [{ path: "zones.2.playlistId", message: "It was removed" }],
      });
    },
  });
  const { page } = open;
  const canvas = page.getByRole("application");
  await canvas.getByRole("button", { name: /^Offers,/ }).click();
  const name = page.getByLabel("Name of the zone");
  await name.fill("News");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("Another zone has this name").waitFor();
  await expect.poll(() => name.getAttribute("aria-invalid")).toBe("true");
  await name.fill("Offers of today");
  await page.getByRole("button", { name: "Choose", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "What plays in “Offers of today”" });
  await dialog.getByRole("button", { name: /^All day/ }).waitFor();
  await dialog.getByRole("button", { name: /^All day/ }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("It was removed").waitFor();
  await page.getByRole("link", { name: "Playlists", exact: true }).first().click();
  const ask = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await ask.getByRole("button", { name: "Stay" }).click();
  await expect.poll(() => name.inputValue()).toBe("Offers of today");
});

test("a new layout begins with an arrangement", async () => {
  const cafe = busyCafe();
  const made: { name: string; zones: { name: string }[] }[] = [];
  await using open = await dashboard.open("/layouts", {
    ...answersOf(cafe),
    "layouts.create": (input: { name: string; zones: { name: string }[] }) => {
      made.push(input);
      return cafe.layouts?.[1];
    },
  });
  const { page } = open;
  await page.getByRole("button", { name: "New layout" }).click();
  await page.getByRole("dialog", { name: "New layout" }).getByLabel("Name").fill("Counter");
  await page.getByRole("radio", { name: "L-shape" }).check({ force: true });
  await page.getByRole("button", { name: "Create layout" }).click();
  await page.getByRole("heading", { level: 1, name: "Menu beside the news" }).waitFor();
  expect(made.map(({ name, zones }) => [name, zones.map((zone) => zone.name)])).toEqual([
    ["Counter", ["Main", "Sidebar", "Ticker"]],
  ]);
});

test("a daypart over midnight is said in words and saved with its exceptions; one in use says for what", async () => {
  const saved: unknown[] = [];
  let isForced = false;
  await using open = await dashboard.open("/settings/dayparts", {
    ...answersOf(busyCafe()),
    "dayparts.update": (input: unknown) => {
      saved.push(input);
      return busyCafe().dayparts?.[0];
    },
    "dayparts.remove": ({ force }: { force: boolean }) => {
      isForced = force;
      if (force) return {};
      throw appError("IN_USE", {
        playlists: [{ id: idOf(4, 1), name: "Lunch" }],
        layouts: [],
        entries: [],
        devices: [],
        isOrganizationDefault: false,
        isBrandLogo: false,
      });
    },
  });
  const { page } = open;
  await page.getByText("Fri, Sat 22:00–02:00 the next day").waitFor();
  await page.getByRole("button", { name: "Bar", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Change “Bar”" });
  await dialog.getByRole("button", { name: "Thu" }).click();
  await dialog.getByLabel("To", { exact: true }).fill("03:30");
  await dialog.getByText("Thu–Sat 22:00–03:30 the next day").waitFor();
  await dialog.getByLabel("Not on these days").fill("2026-12-24");
  await dialog.getByRole("button", { name: "Add day" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await expect
    .poll(() => saved)
    .toEqual([
      {
        id: idOf(11, 1),
        name: "Bar",
        windows: [{ weekdays: ["TH", "FR", "SA"], start: "22:00", end: "03:30" }],
        exceptDates: ["2026-12-24"],
      },
    ]);
  await page.getByRole("button", { name: "More for Bar" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  const ask = page.getByRole("alertdialog", { name: "Remove “Bar”?" });
  await ask.getByRole("link", { name: "Lunch" }).waitFor();
  await ask.getByRole("button", { name: "Remove anyway" }).click();
  await page.getByText("“Bar” was removed").waitFor();
  expect(isForced).toBe(true);
});

test("screens are put into a group together, and taken out again", async () => {
  const changes: unknown[] = [];
  const cafe = busyCafe();
  await using open = await dashboard.open("/screens?view=list", {
    ...answersOf(cafe),
    "groups.change": (input: unknown) => {
      changes.push(input);
      return cafe.groups?.[0];
    },
  });
  const { page } = open;
  await page.getByRole("checkbox", { name: "Choose Window" }).click();
  await page.getByRole("checkbox", { name: "Choose Entrance" }).click();
  await page.getByRole("button", { name: "Add to group" }).click();
  const dialog = page.getByRole("dialog", { name: "Add 2 screens to a group" });
  await dialog.getByRole("radio", { name: "Street side" }).check();
  await dialog.getByRole("button", { name: "Add to group" }).click();
  await page.getByText("2 screens were put into “Street side”").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone", { exact: true }).waitFor();
  const both = [idOf(3, 5), idOf(3, 0)].sort();
  await expect
    .poll(() => changes)
    .toEqual([
      { id: idOf(12, 2), add: expect.arrayContaining(both), remove: [] },
      { id: idOf(12, 2), add: [], remove: expect.arrayContaining(both) },
    ]);
});

test("a playlist that cannot be put into another says why, with the way round", async () => {
  await using open = await dashboard.open(`/playlists/${idOf(4, 1)}`, {
    ...answersOf(busyCafe()),
    "playlists.addItems": () => {
      throw appError("PLAYLIST_CYCLE", { names: ["Lunch", "All day", "Lunch"] });
    },
  });
  const { page } = open;
  await page.getByRole("button", { name: "Add content" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add to the playlist" });
  await dialog.getByRole("tab", { name: "Playlists" }).click();
  const other = dialog.getByRole("button", { name: /^All day/ });
  await other.waitFor();
  await expect.poll(() => dialog.getByRole("button", { name: /^Lunch/ }).count()).toBe(0);
  await other.click();
  await dialog.getByRole("button", { name: "Add 1" }).click();
  await dialog.getByRole("alert").getByText("Lunch → All day → Lunch").waitFor();
});
