import { appError } from "@vitrine/core/model/errors";
import { expandGrants, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import type { Locator, Page } from "playwright";
import { expect, test } from "vitest";
import { ENTRIES, FINDINGS, scheduleAnswers } from "./fake/schedule.ts";
import { idOf, session } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { type OpenPage, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();
const WEEK = "/schedule?date=2026-11-24";
const OPTIONS = { locale: "en-GB", viewport: { width: 1400, height: 1000 } };

/** The calendar over a schedule that can be changed, and every change that the server was told. */
async function openSchedule(
  path = WEEK,
  over: object = {},
): Promise<OpenPage & { calls: [string, unknown][] }> {
  const calls: [string, unknown][] = [];
  const answers = { ...answersOf(busyCafe()), ...scheduleAnswers(ENTRIES, FINDINGS), ...over };
  const heard = Object.entries(answers).map(([name, answer]) => [
    name,
    (input: never) => {
      if (/^schedule\.(create|update|move|remove|restore|duplicate)/.test(name)) {
        calls.push([name.slice("schedule.".length), input]);
      }
      return answer(input);
    },
  ]);
  const open = await dashboard.open(path, Object.fromEntries(heard), OPTIONS);
  await open.page.getByRole("region", { name: "Calendar" }).waitFor();
  return { ...open, calls };
}

const cell = (page: Page, name: string) => page.getByRole("gridcell", { name, exact: true });
const block = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function drag(
  page: Page,
  from: Locator,
  to: Locator,
  at: "middle" | "bottom" = "middle",
): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const start = await from.boundingBox();
  if (!start) throw new Error("There is nothing to take hold of");
  const left = start.x + start.width / 2;
  await page.mouse.move(left, at === "bottom" ? start.y + start.height - 3 : start.y + 10);
  await page.mouse.down();
  const end = await to.boundingBox();
  if (!end) throw new Error("There is nowhere to drag to");
  await page.mouse.move(left, start.y + 20, { steps: 2 });
  await page.mouse.move(end.x + end.width / 2, end.y + 10, { steps: 4 });
}

test("dragging over empty hours plans an entry there, which is in the calendar once it is saved", async () => {
  await using open = await openSchedule();
  const { page, calls } = open;
  await drag(page, cell(page, "Tuesday 24 November, 17:00"), cell(page, "Tuesday 24 November, 18:00"));
  await page.getByText("17:00 – 18:15").waitFor();
  await page.mouse.up();
  const panel = page.getByRole("complementary", { name: "New entry" });
  await panel.getByRole("button", { name: "Add to the schedule" }).click();
  await panel.getByText("Choose what to show").nth(1).waitFor();
  expect(calls).toEqual([]);
  await panel.getByRole("button", { name: /^Shows/ }).click();
  const picker = page.getByRole("dialog", { name: "What to show" });
  await picker.getByRole("button", { name: "Lunch" }).click();
  await expect.poll(() => panel.getByLabel("Start time").inputValue()).toBe("17:00");
  await panel.getByLabel("End time").fill("20:00");
  await panel.getByRole("radio", { name: "Repeating" }).check();
  await panel.getByRole("combobox", { name: "Repeats" }).click();
  await page.getByRole("option", { name: "Every week on Tuesday" }).click();
  await panel.getByText("Every week on Tuesday").last().waitFor();
  await panel.getByRole("button", { name: "Add to the schedule" }).click();
  await block(page, "Lunch, 17:00 to 20:00, repeats weekly").waitFor();
  await expect
    .poll(() => calls)
    .toMatchObject([
      [
        "create",
        {
          name: "Lunch",
          content: { kind: "playlist", playlistId: idOf(4, 1) },
          targets: { isEverywhere: true },
          when: { start: "2026-11-24T17:00", end: "2026-11-24T20:00", recurrence: "FREQ=WEEKLY;BYDAY=TU" },
        },
      ],
    ]);
  expect(open.troubles).toEqual([]);
});

test("a block is dragged to another day and time, and put back by Undo", async () => {
  await using open = await openSchedule();
  const { page, calls } = open;
  await drag(
    page,
    block(page, "Tasting for the team, 09:00 to 10:00"),
    cell(page, "Friday 27 November, 12:00"),
  );
  await page.mouse.up();
  await block(page, "Tasting for the team, 12:00 to 13:00").waitFor();
  await expect
    .poll(() => calls)
    .toEqual([
      [
        "moveOccurrence",
        {
          id: idOf(10, 12),
          date: "2026-11-25",
          start: "2026-11-27T12:00",
          end: "2026-11-27T13:00",
          scope: "all",
        },
      ],
    ]);
  await page.getByRole("button", { name: "Undo" }).click();
  await block(page, "Tasting for the team, 09:00 to 10:00").waitFor();
});

test("dragging the lower edge of what repeats asks how far, and Escape while dragging leaves it as it was", async () => {
  await using open = await openSchedule();
  const { page, calls } = open;
  const lunch = block(page, "Lunch, 11:00 to 14:30, repeats daily, priority 10").nth(1);
  await drag(page, lunch, cell(page, "Tuesday 24 November, 13:00"), "bottom");
  await page.getByText("11:00 – 13:15").waitFor();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(calls).toEqual([]);
  await drag(page, lunch, cell(page, "Tuesday 24 November, 13:00"), "bottom");
  await page.mouse.up();
  const ask = page.getByRole("dialog", { name: "“Lunch” repeats. What do you want to move?" });
  await ask.getByRole("radio", { name: "This one and those after it" }).check();
  await ask.getByRole("button", { name: "Move" }).click();
  await block(page, "Lunch, 11:00 to 13:15, repeats daily, priority 10").nth(1).waitFor();
  await expect
    .poll(() => calls)
    .toMatchObject([["moveOccurrence", { date: "2026-11-24", scope: "following", end: "2026-11-24T13:15" }]]);
  await expect.poll(() => block(page, "Lunch, 11:00 to 14:30, repeats daily, priority 10").count()).toBe(1);
});

test("everything is done by keys: to plan, to move, to end later, to leave as it was, to remove", async () => {
  await using open = await openSchedule();
  const { page, calls } = open;
  const tasting = block(page, "Tasting for the team, 09:00 to 10:00");
  await tasting.focus();
  await page.keyboard.down("Alt");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.getByText(/^Tasting for the team: Thursday 26 November, 09:15 to 10:15\. Let go/).waitFor({
    state: "attached",
  });
  await page.keyboard.press("Escape");
  await page.keyboard.up("Alt");
  await page.getByText("Tasting for the team stays where it was.").waitFor({ state: "attached" });
  expect(calls).toEqual([]);

  await page.keyboard.press("Alt+ArrowDown");
  await block(page, "Tasting for the team, 09:15 to 10:15").focus();
  await page.keyboard.down("Shift");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.up("Shift");
  await block(page, "Tasting for the team, 09:15 to 10:30").focus();
  await expect
    .poll(() => calls)
    .toMatchObject([
      ["moveOccurrence", { start: "2026-11-25T09:15", end: "2026-11-25T10:15" }],
      ["moveOccurrence", { start: "2026-11-25T09:15", end: "2026-11-25T10:30" }],
    ]);

  await page.keyboard.press("Delete");
  await page.getByText("“Tasting for the team” was removed").waitFor();
  await expect.poll(() => page.getByRole("button", { name: /^Tasting/ }).count()).toBe(0);

  await cell(page, "Tuesday 24 November, 18:00").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "New entry" });
  await panel.waitFor();
  await expect.poll(() => panel.getByLabel("Start date").inputValue()).toBe("2026-11-25");
  await expect.poll(() => panel.getByLabel("Start time").inputValue()).toBe("19:00");
});

test("one of many is removed alone, and what the server refuses is put back with its reason", async () => {
  await using open = await openSchedule(WEEK, {
    "schedule.moveOccurrence": () => {
      throw appError("EDITED_MEANWHILE");
    },
  });
  const { page, calls } = open;
  const coffee = block(page, "Coffee and cake, 14:00 to 17:00, repeats weekly");
  await coffee.first().focus();
  await page.keyboard.press("Delete");
  const ask = page.getByRole("dialog", { name: "“Coffee and cake” repeats. What do you want to remove?" });
  await ask.getByText("Wednesday 25 November; the others stay").waitFor();
  await ask.getByRole("button", { name: "Remove" }).click();
  await expect.poll(() => coffee.count()).toBe(3);
  await expect.poll(() => calls).toMatchObject([["removeOccurrence", { date: "2026-11-25", scope: "one" }]]);

  await block(page, "Staff wanted, 15:00 to 17:00, content was removed").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.getByText("Somebody else changed this meanwhile.").first().waitFor();
  await block(page, "Staff wanted, 15:00 to 17:00, content was removed").waitFor();
});

test("a screen's gaps and findings are told in words, each leads to what it is about", async () => {
  await using open = await openSchedule(`${WEEK}&screen=${idOf(3, 0)}`);
  const { page } = open;
  await page.getByText("5 things worth a look").waitFor();
  await expect.poll(() => page.locator("[data-gap]").count()).toBe(2);
  await page.getByRole("link", { name: "Nothing plays on Tuesday 24 November, 03:00 to 06:00." }).click();
  await expect.poll(() => new URL(page.url()).search).toContain("view=day");
  await page.getByRole("link", { name: /^“Coffee and cake” never plays here/ }).click();
  await page.getByRole("complementary", { name: "Coffee and cake" }).waitFor();
  await page.getByRole("button", { name: "Show the schedule of Window" }).click();
  await page.getByRole("combobox", { name: "Show the schedule of" }).fill("count");
  await page.getByRole("option", { name: "Counters Group" }).click();
  await expect.poll(() => new URL(page.url()).search).toContain(`group=${idOf(12, 1)}`);
  await expect.poll(() => page.getByText("5 things worth a look").count()).toBe(0);
});

test("a rule that the controls cannot say stays as it is, and a field that the server refuses says so", async () => {
  await using open = await openSchedule(`${WEEK}&entry=${idOf(10, 13)}`, {
    "schedule.update": () => {
      throw appError("INVALID_INPUT", { issues: [{ path: "when.end", message: "Too long for this rule" }] });
    },
  });
  const { page, calls } = open;
  const panel = page.getByRole("complementary", { name: "Last workday of the month" });
  await panel.getByText("Every month on the last of Monday to Friday until 31 December 2029").waitFor();
  await panel.getByLabel("Name").fill("Pay day");
  await page.getByRole("link", { name: "Playlists", exact: true }).click();
  const ask = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await ask.getByRole("button", { name: "Stay" }).click();
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.getByText("Too long for this rule").waitFor();
  await expect.poll(() => panel.getByLabel("Name").inputValue()).toBe("Pay day");
  await expect
    .poll(() => calls)
    .toMatchObject([["update", { name: "Pay day", when: { recurrence: ENTRIES[12]?.when?.recurrence } }]]);
});

test("a viewer looks and changes nothing", async () => {
  const permissions = expandGrants(ROLE_GRANTS.viewer);
  await using open = await openSchedule(`${WEEK}&entry=${idOf(10, 12)}`, {
    "account.session": () => session(permissions),
  });
  const { page, calls } = open;
  await page.getByRole("complementary", { name: "Tasting for the team" }).getByLabel("Name").waitFor();
  await expect.poll(() => page.getByLabel("Name").isDisabled()).toBe(true);
  await expect
    .poll(() => page.getByRole("button", { name: /^(New entry|Save|More for|Add)/ }).allTextContents())
    .toEqual([]);
  await block(page, "Tasting for the team, 09:00 to 10:00").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Delete");
  await drag(page, cell(page, "Tuesday 24 November, 17:00"), cell(page, "Tuesday 24 November, 18:00"));
  await page.mouse.up();
  expect(calls).toEqual([]);
  await expect.poll(() => page.getByRole("complementary", { name: "New entry" }).count()).toBe(0);
});

test("what was written of an entry outlives a turn of the screen", async () => {
  await using open = await openSchedule("/schedule?date=2026-11-24&entry=new");
  const { page } = open;
  await page.getByRole("complementary", { name: "New entry" }).getByLabel("Name").fill("Half written");
  await page.setViewportSize({ width: 700, height: 900 });
  const panel = page.getByRole("dialog", { name: "New entry" });
  await expect.poll(() => panel.getByLabel("Name").inputValue()).toBe("Half written");
  await page.setViewportSize({ width: 1400, height: 900 });
  const beside = page.getByRole("complementary", { name: "New entry" });
  await expect.poll(() => beside.getByLabel("Name").inputValue()).toBe("Half written");
  expect(open.troubles).toEqual([]);
});
