import { appError } from "@vitrine/core/model/errors";
import { expandGrants, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import { expect, test } from "vitest";
import { override, overrideAnswers } from "./fake/overrides.ts";
import { idOf, session } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();

test("something is shown now on some screens, its receipts are looked at, and it is ended", async () => {
  const inputs: unknown[] = [];
  const mine = overrideAnswers();
  await using open = await dashboard.open("/", {
    ...answersOf(busyCafe()),
    ...mine,
    "schedule.override": (input: never) => {
      inputs.push(input);
      return mine["schedule.override"]?.(input);
    },
  });
  const { page } = open;
  await page.getByRole("button", { name: "Show now…" }).click();
  const dialog = page.getByRole("dialog", { name: "Show now" });
  await dialog.getByRole("button", { name: "Show now" }).click();
  await dialog.getByText("Choose what to show").waitFor();
  await dialog.getByText("Choose when it ends").waitFor();
  expect(inputs).toEqual([]);
  await expectAccessible(page);
  await dialog.getByRole("radio", { name: "Opening hours", exact: true }).check();
  await dialog.getByRole("radio", { name: "Screens, groups or tags" }).check();
  await dialog.getByRole("combobox", { name: "Add screens, groups or tags" }).fill("count");
  // The list stands still once all of it was looked for.
  await page.getByRole("option", { name: "count New tag" }).waitFor();
  await page.getByRole("option", { name: "Counter left" }).click();
  await dialog.getByRole("button", { name: "Remove Counter left" }).waitFor();
  await dialog.getByRole("combobox", { name: "Add screens, groups or tags" }).fill("caf");
  await page.getByRole("option", { name: /^café/ }).click();
  await dialog.getByRole("button", { name: "Remove café" }).waitFor();
  await dialog.getByRole("combobox", { name: "Add screens, groups or tags" }).fill(" Foyer East");
  await page.getByRole("option", { name: "foyer east New tag" }).waitFor();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Remove foyer east" }).waitFor();
  await dialog.getByRole("radio", { name: "15 minutes" }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Show now" }).click();
  const card = page.getByRole("article", { name: "Override: Fire drill" });
  await card.getByText("On the glass 0 of 7").waitFor();
  await expect
    .poll(() => inputs)
    .toMatchObject([
      {
        content: { kind: "asset", assetId: idOf(2, 2) },
        targets: { isEverywhere: false, deviceIds: [idOf(3, 1)], groupIds: [], tags: ["café", "foyer east"] },
      },
    ]);
  await page
    .getByText("“Fire drill” is being shown on tag café, tag foyer east, and Counter left")
    .waitFor({ state: "attached" });
  await card.getByText(/^14:\d\d left$/).waitFor();
  await card.getByRole("button", { name: "Show screens" }).click();
  const screens = card.getByRole("list", { name: "Screens of “Fire drill”" });
  await screens
    .getByRole("listitem")
    .filter({ hasText: "Harbour terrace" })
    .getByText("On the glass")
    .waitFor();
  await expectAccessible(page);
  await card.getByRole("button", { name: "End now: Fire drill" }).click();
  await card.waitFor({ state: "detached" });
  await page.getByText("“Fire drill” is over").waitFor({ state: "attached" });
  expect(open.troubles).toEqual([]);
});

test("a running override follows its screens, and goes by itself when it ends or somebody else ends it", async () => {
  const running = [override(2, "Ends soon", {}, 0.05), override(3, "Ended elsewhere")];
  await using open = await dashboard.open("/", { ...answersOf(busyCafe()), ...overrideAnswers(running) });
  const { page, server } = open;
  await page.getByRole("article", { name: "Override: Ended elsewhere" }).waitFor();
  await page.getByRole("article", { name: "Override: Ends soon" }).waitFor({ state: "detached" });
  running.splice(0, 2, override(3, "Ended elsewhere"));
  for (const one of running) one.counts = { on_glass: 6, received: 0, waiting: 0, offline: 1 };
  server.tell({ kind: "status", deviceIds: [idOf(3, 2)] });
  await page.getByText("On the glass 6 of 7").waitFor();
  running.splice(0);
  server.tell({ kind: "change", change: { subject: "entry", ids: [idOf(11, 3)], action: "ended" } });
  await page.getByRole("article").filter({ hasText: "Ended elsewhere" }).waitFor({ state: "detached" });
  await page.getByText("“Ended elsewhere” is over").waitFor({ state: "attached" });
});

test("what the server refuses is said at its field, and nothing chosen is lost", async () => {
  await using open = await dashboard.open("/", {
    ...answersOf(busyCafe()),
    "schedule.override": () => {
      throw appError("INVALID_INPUT", { issues: [{ path: "endsAt", message: "Ends before it starts" }] });
    },
  });
  await open.page.getByRole("button", { name: "Show now…" }).click();
  const dialog = open.page.getByRole("dialog", { name: "Show now" });
  await dialog.getByRole("radio", { name: "Playlists" }).check();
  await dialog.getByRole("radio", { name: "Lunch", exact: true }).check();
  await dialog.getByRole("radio", { name: "Other…" }).check();
  await dialog.getByLabel("Ends at").fill("2020-01-01T10:00");
  await dialog.getByRole("button", { name: "Show now" }).click();
  await dialog.getByText("Choose a time that is still to come").waitFor();
  await dialog.getByRole("radio", { name: "End of day" }).check();
  await dialog.getByRole("button", { name: "Show now" }).click();
  await dialog.getByText("Ends before it starts").waitFor();
  await expect.poll(() => dialog.getByRole("radio", { name: "Lunch", exact: true }).isChecked()).toBe(true);
});

test("who may not show something now is not offered it, and sees what is running all the same", async () => {
  await using open = await dashboard.open("/", {
    ...answersOf(busyCafe()),
    ...overrideAnswers([override(2, "Fire drill")]),
    "account.session": () => session(expandGrants(ROLE_GRANTS.viewer)),
  });
  await open.page.getByRole("article", { name: "Override: Fire drill" }).waitFor();
  await expect.poll(() => open.page.getByRole("button", { name: /^(Show now…|End)/ }).count()).toBe(0);
});

test("the cards are accessible and stay inside a narrow window, in the dark", async () => {
  const long = override(3, "Closed early today because of the storm that nobody saw coming", {
    targets: {
      isEverywhere: false,
      devices: [],
      groups: [{ id: idOf(12, 1), name: "Harbour" }],
      tags: ["café"],
    },
  });
  await using open = await dashboard.open(
    "/",
    { ...answersOf(busyCafe()), ...overrideAnswers([override(2, "Fire drill"), long]) },
    { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  );
  await open.page.getByRole("button", { name: "Show screens" }).first().click();
  await open.page.getByText("Waiting").first().waitFor();
  await expectAccessible(open.page);
  await expect
    .poll(() => open.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth))
    .toBe(false);
  expect(open.troubles).toEqual([]);
});
