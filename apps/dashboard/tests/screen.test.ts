import { expandGrants, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import { expect, test } from "vitest";
import { idOf, session } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const SOON = { timeout: 8_000, interval: 100 };
const dashboard = withDashboard();
const screen = (number: number, tab = "") => `/screens/${idOf(3, number)}${tab ? `?tab=${tab}` : ""}`;

test("a copied identity is said on every tab and in lists, with the way out of it", async () => {
  await using open = await dashboard.open(screen(5, "health"), answersOf(busyCafe()));
  const { page } = open;
  const alert = page.getByRole("alert").filter({ hasText: "used from another machine" });
  await alert.waitFor();
  await page.getByRole("tab", { name: "Now" }).click();
  await page.getByText("Addresses: 192.168.4.31, 203.0.113.77").waitFor();
  await alert.getByRole("button", { name: "Revoke this screen" }).click();
  await page.getByRole("alertdialog", { name: "Revoke “Entrance”?" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Screens" }).last().click();
  const card = page.getByRole("article").filter({ hasText: "Entrance" });
  await card.getByText("Copied identity").waitFor();
  await page.getByRole("article").filter({ hasText: "Counter left" }).getByText("Display off").waitFor();
});

test("what people at the glass would notice is asked first; the rest is sent at once, and told how it went", async () => {
  const sent: string[] = [];
  const answers = answersOf(busyCafe());
  const real = answers["devices.sendCommand"];
  await using open = await dashboard.open(screen(4, "commands"), {
    ...answers,
    "devices.sendCommand": (input: { kind: string }) => {
      sent.push(input.kind);
      return real?.(input as never);
    },
  });
  const { page } = open;
  await page.getByText("It is not connected now.").waitFor();
  await page.getByRole("button", { name: "Restart the machine" }).click();
  const question = page.getByRole("alertdialog", { name: "Restart the machine of “Meeting room”?" });
  await question.getByText("dark for a minute or two").waitFor();
  await expectAccessible(page);
  expect(sent).toEqual([]);
  await question.getByRole("button", { name: "Restart the machine" }).click();
  await page.getByText("Asked: Restart the machine").waitFor();
  await page.getByText(/carried out only if it comes back before/).waitFor();
  await page.getByRole("group", { name: "Picture" }).getByRole("button", { name: "Next item" }).click();
  await expect.poll(() => sent, SOON).toEqual(["reboot", "next"]);
  const lately = page.getByRole("region", { name: "Asked lately" });
  await lately
    .getByText(/by Mara Lindqvist, given up at/)
    .first()
    .waitFor();
  await lately.getByText("The screen says: This machine does not let the player restart it").waitFor();
});

test("the history is read hour by hour with the keyboard, as a table, and back to its first event", async () => {
  await using open = await dashboard.open(screen(0, "history"), answersOf(busyCafe()));
  const { page } = open;
  await page
    .getByText("Playing 97.5% of the time that is known. It was offline once, 21 min in all.")
    .waitFor();
  const bar = page.getByRole("slider", { name: /^States over time/ });
  await bar.focus();
  const told = () => bar.getAttribute("aria-valuetext");
  const last = await told();
  expect(last).toMatch(/, Playing \d+ (min|s)$/);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(told, SOON).not.toBe(last);
  await page.keyboard.press("Home");
  const first = await told();
  await page.keyboard.press("ArrowLeft");
  expect(await told()).toBe(first);
  await page.getByRole("button", { name: "Show as a table" }).click();
  await page.getByRole("row", { name: /^Offline/ }).waitFor();
  await page.getByRole("radio", { name: "7 days" }).check();
  await expect.poll(() => new URL(page.url()).search, SOON).toBe("?tab=history&range=week");
  await page.getByText("It was offline 7 times").waitFor();
  const hostile = page.getByText("Trouble: <img src=x onerror=alert(1)> could not be decoded");
  await expect
    .poll(async () => {
      await page.getByRole("list", { name: "What happened" }).hover();
      await page.mouse.wheel(0, 600);
      return hostile.count();
    }, SOON)
    .toBeGreaterThan(0);
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 4_000);
      return page.getByRole("button", { name: "Load more" }).count();
    }, SOON)
    .toBe(0);
  expect(open.troubles).toEqual([]);
});

test("a log of two thousand lines is filtered, searched and fetched; few of its lines are in the page", async () => {
  await using open = await dashboard.open(screen(0, "logs"), answersOf(busyCafe()));
  const { page } = open;
  await page.getByRole("link", { name: /2,000 lines/ }).click();
  const lines = page.getByRole("region", { name: "Logs" }).getByRole("listitem");
  await lines.first().waitFor();
  await expect.poll(() => lines.count()).toBeLessThan(100);
  await page.getByRole("radio", { name: "Errors" }).check();
  await page.getByText("21 lines", { exact: true }).waitFor();
  await page.getByRole("searchbox", { name: "Search lines" }).fill("no such thing");
  await page.getByText("No line matches.").waitFor();
  await expectAccessible(page);
  await expect
    .poll(() => page.getByRole("link", { name: "Download" }).getAttribute("href"))
    .toBe("/media/1.svg");
  await page.getByRole("link", { name: "All logs" }).click();
  await page.getByRole("button", { name: "Ask for logs" }).waitFor();

  await page.setViewportSize({ width: 390, height: 800 });
  const rightOfLogs = () =>
    page.getByRole("tab", { name: "Logs" }).evaluate((tab) => tab.getBoundingClientRect().right);
  await expect.poll(rightOfLogs).toBeLessThanOrEqual(390 - 16);
});

test("settings say what is wrong with a host before it is sent, and are saved one by one", async () => {
  const saved: unknown[] = [];
  const answers = answersOf(busyCafe());
  const real = answers["devices.update"] ?? answers["devices.get"];
  await using open = await dashboard.open(screen(1, "settings"), {
    ...answers,
    "devices.update": ({ id, ...change }: { id: string }) => {
      saved.push(change);
      return { ...(real?.({ id } as never) as object), ...change };
    },
  });
  const { page } = open;
  const host = page.getByLabel("Name, address or range");
  const add = page.getByRole("button", { name: "Add", exact: true });
  for (const [typed, said] of [
    ["http://menu.local/", "Enter a name, an address or a range of addresses"],
    ["menu.local", "menu.local is in the list already"],
  ] as const) {
    await host.fill(typed);
    await add.click();
    await page.getByText(said).waitFor();
  }
  expect(saved).toEqual([]);
  await host.fill("10.0.0.9");
  await add.click();
  await page.getByRole("listitem").filter({ hasText: "10.0.0.9" }).waitFor();
  await page.getByRole("radio", { name: "Set here" }).click();
  const volume = page.getByRole("slider", { name: "Volume" });
  await volume.focus();
  await page.keyboard.press("End");
  await page.getByText("100 %").waitFor();
  await expect
    .poll(() => saved)
    .toEqual([
      { privateHosts: ["menu.local", "192.168.4.0/24", "10.0.0.9"] },
      { volumePercent: 50 },
      { volumePercent: 100 },
    ]);
});

test("who may only look sees all of it and is told why nothing can be asked; the palette leads to its tabs", async () => {
  const permissions = expandGrants(ROLE_GRANTS.viewer);
  const answers = { ...answersOf(busyCafe()), "account.session": () => session(permissions) };
  await using open = await dashboard.open(screen(0, "commands"), answers);
  const { page } = open;
  await page.getByText("Your role does not allow you to ask anything of screens.").waitFor();
  await expect.poll(() => page.getByRole("group", { name: "Player" }).count()).toBe(0);
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search" });
  await palette.getByRole("option", { name: "Health" }).waitFor();
  await expect.poll(() => palette.getByRole("option", { name: "Identify" }).count()).toBe(0);
  await palette.getByRole("option", { name: "Health" }).click();
  await page.getByText("Plays waiting to be sent").waitFor();
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByText("As set up on the player").waitFor();
  await expect.poll(() => page.getByRole("slider").count()).toBe(0);
});
