import { appError } from "@vitrine/core/model/errors";
import { expandGrants, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import { expect, test } from "vitest";
import { session } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();

test("messages are switched off for everybody and for oneself, by keyboard, and back where that fails", async () => {
  const told: unknown[] = [];
  const cafe = answersOf(busyCafe());
  const noting = (call: string) => (input: never) => {
    told.push(input);
    return cafe[call]?.(input);
  };
  const answers = {
    ...cafe,
    "organization.update": noting("organization.update"),
    "members.muteNotifications": noting("members.muteNotifications"),
  };
  await using open = await dashboard.open("/settings/notifications", answers, {
    viewport: { width: 390, height: 800 },
  });
  const { page, server } = open;
  const own = page.getByRole("switch", { name: "Somebody leaves: For you" });
  const ofAll = page.getByRole("switch", { name: "Somebody leaves: For everybody" });
  await own.focus();
  await page.keyboard.press("Space");
  await expect.poll(() => told).toEqual([{ muted: ["memberLeft"] }]);
  expect(await own.isChecked()).toBe(false);
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await expect.poll(() => told.slice(1)).toEqual([{ muted: [] }, { mutedNotifications: ["memberLeft"] }]);
  expect(await own.isDisabled(), "nobody is told").toBe(true);
  await expectAccessible(page);

  server.answers = { ...answers, "organization.update": () => Promise.reject(appError("NOT_FOUND")) };
  await page.getByRole("switch", { name: "Somebody accepts an invitation: For everybody" }).click();
  await page
    .getByRole("region", { name: "Notices" })
    .getByText(/^Request req-/)
    .waitFor();
  await expect
    .poll(() => page.getByRole("switch", { checked: true, name: /^Somebody accepts/ }).count())
    .toBe(2);
  expect(await ofAll.isChecked()).toBe(false);
  expect(open.troubles).toEqual([]);
});

test("the row of settings' pages shows the one that is open, at the width of a phone", async () => {
  await using open = await dashboard.open("/settings/account", answersOf(busyCafe()), {
    viewport: { width: 390, height: 800 },
  });
  const { page } = open;
  const isInView = (name: string) =>
    page
      .getByRole("navigation", { name: "Settings" })
      .getByRole("link", { name, exact: true })
      .evaluate((link) => {
        const { left, right } = link.getBoundingClientRect();
        return left >= 0 && right <= window.innerWidth;
      });
  await page.getByText("Current password").first().waitFor();
  await expect.poll(() => isInView("Your account")).toBe(true);
  expect(await isInView("Domains")).toBe(false);
  await page.goto(new URL("/settings/domains", page.url()).href);
  await expect.poll(() => isInView("Domains")).toBe(true);
  await page.getByRole("link", { name: "Audit", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Jo changed the playlist").first().waitFor();
  await expect.poll(() => isInView("Audit")).toBe(true);
  expect(open.troubles).toEqual([]);
});

test("who may not change settings sees what is switched off for everybody, and chooses for themselves", async () => {
  const answers = {
    ...answersOf(busyCafe()),
    "account.session": () => ({ ...session(expandGrants(ROLE_GRANTS.viewer)), sendsMail: false }),
    "members.notifications": () => ({ organization: ["domainRecord"], own: [] }),
  };
  await using open = await dashboard.open("/settings/notifications", answers);
  const { page } = open;
  await page.getByText(/^This server has no mail server/).waitFor();
  const ofAll = page.getByRole("switch", { name: /For everybody$/ });
  expect(await ofAll.evaluateAll((all) => all.map((one) => one.getAttribute("aria-checked")))).toEqual([
    "true",
    "true",
    "true",
    "false",
  ]);
  for (const one of await ofAll.all()) expect(await one.isDisabled()).toBe(true);
  expect(await page.getByRole("switch", { name: /For you$/, disabled: false }).count()).toBe(1);
  expect(await page.getByText("Not for your role").count()).toBe(3);
});
