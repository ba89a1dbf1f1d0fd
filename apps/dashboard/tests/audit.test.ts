import { expect, test } from "vitest";
import { auditCheck, busyRecord } from "./fake/audit.ts";
import { telling } from "./fake/telling.ts";
import { idOf } from "./fake/things.ts";
import { answersOf, busyCafe, NOTHING } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();

test("an event opens beside the list by keyboard, with what was before and after, and its address is kept", async () => {
  await using open = await dashboard.open("/settings/audit", answersOf(busyCafe()));
  const { page } = open;
  const line = page.getByRole("link", { name: /Jo changed the playlist “Lunch”/ });
  await line.focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Details" });
  await panel.getByText("From").waitFor();
  await panel.getByText("198.51.100.24").waitFor();
  const changes = panel.getByRole("region", { name: "What changed" });
  await expect
    .poll(() => changes.locator("dt").allTextContents())
    .toEqual(["When · start", "Switched on", "Tags"]);
  await expect.poll(() => changes.locator("del").allTextContents()).toEqual(["Before: 11:00", "Before: Yes"]);
  await expect
    .poll(() => changes.locator("ins").allTextContents())
    .toEqual(["After: 11:30", "After: No", "After: soup, bread"]);
  expect(new URL(page.url()).searchParams.get("event")).toBe("60");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  expect(new URL(page.url()).search).toBe("");
});

test("the record is narrowed by area, action, who and days, all of it in the address and in the download", async () => {
  const { told, answers } = telling("audit.list");
  await using open = await dashboard.open("/settings/audit?from=2026-11-01", answers);
  const { page } = open;
  await page.getByRole("combobox", { name: "Area" }).click();
  await page.getByRole("option", { name: "Screens" }).click();
  await page.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "… paired the screen …" }).click();
  await page.getByRole("combobox", { name: "Who" }).click();
  await page.getByRole("option", { name: "Lin Okonkwo" }).click();
  await expect
    .poll(() => told.at(-1))
    .toMatchObject({ action: "devices.claim", actorId: expect.any(String) });
  const { searchParams } = new URL(page.url());
  expect(Object.fromEntries(searchParams)).toMatchObject({
    area: "devices",
    action: "claim",
    from: "2026-11-01",
  });
  await page.getByRole("button", { name: "Download" }).click();
  const href = await page.getByRole("menuitem", { name: "As a table (CSV)" }).getAttribute("href");
  const download = new URL(href ?? "", page.url());
  expect(download.pathname).toBe("/audit/export");
  expect(Object.fromEntries(download.searchParams)).toEqual({
    format: "csv",
    action: "devices.claim",
    actorId: searchParams.get("actor"),
    from: expect.stringMatching(/^2026-(10-31|11-01)T/),
  });
});

test("a verification says in words that all is well", async () => {
  await using open = await dashboard.open(
    "/settings/audit",
    answersOf({ ...NOTHING, record: busyRecord(3) }),
  );
  const { page } = open;
  await page.getByText("Not verified yet").waitFor();
  await page.getByRole("button", { name: "Verify" }).click();
  await page
    .getByText("3 events and 14 heads kept outside it: nothing was changed, removed or reordered.")
    .waitFor();
});

test.each([
  [
    { kind: "changed", sequence: 41, id: idOf(30, 41) },
    "Event 41 was changed after it was recorded, or one before it was taken out.",
  ],
  [{ kind: "missing", sequence: 7, id: null, nextId: idOf(30, 8) }, "Event 7 is missing."],
  [
    { kind: "outOfOrder", sequence: 7, id: idOf(30, 9), belongsHereId: idOf(30, 7) },
    "The order was changed: what is at place 7 does not belong there.",
  ],
  [
    {
      kind: "cutOff",
      sequence: 61,
      id: null,
      anchoredAt: "2026-11-20T10:00:00.000Z",
      anchoredSequence: 1204,
      provenSequence: 40,
    },
    /^The record was cut off: event 61 and all that followed are missing\. At .* there were 1,204 events\. What is left is proven up to event 40\.$/,
  ],
  [
    {
      kind: "rewritten",
      sequence: 5,
      id: idOf(30, 9),
      anchoredAt: "2026-11-20T10:00:00.000Z",
      anchoredSequence: 9,
    },
    /^The record was written anew: event 9 is not the one .* The first false one is number 5 or later\./,
  ],
  [
    { kind: "anchors", line: 12 },
    "The file in which the heads are kept was changed: line 12 is not as it was written.",
  ],
] as const)("a fault is told in a sentence: %j", async (fault, says) => {
  const holdings = { ...busyCafe(), check: auditCheck(60, { fault }) };
  await using open = await dashboard.open("/settings/audit", answersOf(holdings));
  await open.page.getByText(says).waitFor();
  await expectAccessible(open.page);
});

test("ten thousand events are scrolled through, with a page's worth of them in the document", async () => {
  const record = busyRecord(10_000);
  await using open = await dashboard.open("/settings/audit", answersOf({ ...NOTHING, record }));
  const { page } = open;
  const list = page.getByRole("list", { name: "Audit" });
  await list.getByRole("link").first().waitFor();
  const scroll = () =>
    list.evaluate((one) => {
      one.scrollIntoView({ block: "end" });
      return one.getBoundingClientRect().height;
    });
  await expect.poll(scroll, { timeout: 30_000 }).toBeGreaterThan(400 * 40);
  await expect.poll(() => list.getByRole("link").count()).toBeLessThan(60);
  expect(open.troubles).toEqual([]);
});
