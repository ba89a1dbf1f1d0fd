import type { Page } from "playwright";
import { describe, expect, test } from "vitest";
import { idOf } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();

const PAGES = [
  ["/", "On the glass now"],
  ["/content", "Winter menu"],
  ["/content?view=list", "Winter menu"],
  [`/content?asset=${idOf(2, 3)}`, "SHA-256"],
  ["/playlists", "All day"],
  [`/playlists/${idOf(4, 0)}`, "Cardamom buns"],
  ["/schedule?date=2026-11-24&view=week", "House loop"],
  ["/schedule?date=2026-11-24&view=month", "House loop"],
  [
    `/schedule?date=2026-11-24&view=day&entry=${idOf(10, 13)}`,
    "Every month on the last of Monday to Friday until",
  ],
  ["/layouts", "Menu beside the news"],
  [`/layouts/${idOf(8, 1)}`, "front to back"],
  ["/screens", "Harbour terrace"],
  ["/screens?view=list", "Harbour terrace"],
  [`/screens/groups?group=${idOf(12, 1)}`, "Kitchen"],
  [`/screens/${idOf(3, 5)}`, "The screen reports a fault"],
  [`/screens/${idOf(3, 0)}/preview?at=2026-03-03T15:10:00`, "What plays when"],
  ["/settings/organization", "Default duration"],
  ["/settings/dayparts", "Breakfast"],
  ["/settings/api-keys", "Stock display"],
  ["/settings/account", "Current password"],
] as const;

const LOOKS = [
  { width: 1280, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
  { width: 360, colorScheme: "light" },
  { width: 360, colorScheme: "dark" },
] as const;

describe.each(LOOKS)("at $width pixels, $colorScheme", ({ width, colorScheme }) => {
  const options = { viewport: { width, height: 740 }, colorScheme };

  test.each(PAGES)("%s is accessible and stays inside the window", async (path, shows) => {
    await using open = await dashboard.open(path, answersOf(busyCafe()), options);
    await open.page.getByText(shows).first().waitFor();
    await expectAccessible(open.page);
    expect(await cutOff(open.page)).toEqual([]);
    expect(open.troubles).toEqual([]);
  });

  test.each([
    ["/sign-up", "Create your account"],
    ["/sign-in", "New here?"],
  ])("%s is accessible", async (path, shows) => {
    await using open = await dashboard.open(path, { "account.session": () => null }, options);
    await open.page.getByText(shows).first().waitFor();
    await expectAccessible(open.page);
  });
});

test.each([
  [
    "/content",
    "button",
    "More ways to add content",
    "menuitem",
    "Add a web page",
    "dialog",
    "Add a web page",
  ],
  ["/playlists", "button", "New playlist", "dialog", "New playlist"],
  [`/playlists/${idOf(4, 1)}`, "button", "Add content", "dialog", "Add to the playlist"],
  [
    `/playlists/${idOf(4, 1)}`,
    "button",
    "More for Lunch",
    "menuitem",
    "Play on screens",
    "dialog",
    "Play “Lunch”",
  ],
  ["/content", "checkbox", "Choose Winter menu", "button", "Tag", "dialog", "Tag 1 item"],
  [
    "/content",
    "checkbox",
    "Choose Winter menu",
    "button",
    "Play on screens",
    "dialog",
    "Play 1 item on screens",
  ],
  [
    `/screens/${idOf(3, 0)}`,
    "button",
    "More for Window",
    "menuitem",
    "Revoke this screen",
    "alertdialog",
    "Revoke “Window”?",
  ],
  [`/screens/${idOf(3, 0)}`, "tab", "Any moment", "region", "Settings"],
  [
    `/playlists/${idOf(4, 0)}`,
    "button",
    "More for Lunch",
    "menuitem",
    "How often and when",
    "dialog",
    "How “Lunch” plays",
  ],
  ["/layouts", "button", "New layout", "dialog", "New layout"],
  [
    "/screens?view=list",
    "checkbox",
    "Choose Window",
    "button",
    "Add to group",
    "dialog",
    "Add 1 screen to a group",
  ],
  ["/settings/api-keys", "button", "Create key", "dialog", "Create an API key"],
  [
    "/",
    "button",
    "Organization: Northlight Cafés",
    "menuitem",
    "New organization",
    "dialog",
    "New organization",
  ],
] as const)("on %s, what %s %s leads to is accessible", async (path, ...steps) => {
  await using open = await dashboard.open(path, answersOf(busyCafe()));
  for (let step = 0; step + 2 < steps.length; step += 2) {
    const [role, name] = [steps[step], steps[step + 1]];
    if (!isRole(role) || !name) throw new Error("Steps are pairs of role and name");
    await open.page.getByRole(role, { name, exact: true }).first().click();
  }
  const [role, name] = steps.slice(-2);
  if (!isRole(role) || !name) throw new Error("Steps are pairs of role and name");
  await open.page.getByRole(role, { name, exact: true }).waitFor();
  await expectAccessible(open.page);
  expect(open.troubles).toEqual([]);
});

const ROLES = ["button", "menuitem", "dialog", "alertdialog", "checkbox", "tab", "region"] as const;

function isRole(role: string | undefined): role is (typeof ROLES)[number] {
  return ROLES.some((one) => one === role);
}

/** What reaches past the window's edge and cannot be scrolled to. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const canScroll = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth
        ? true
        : canScroll(element.parentElement));
    return [...document.querySelectorAll("body *")]
      .filter((element) => {
        const { right, width, height } = element.getBoundingClientRect();
        const isSeen = width > 1 && height > 1 && getComputedStyle(element).visibility !== "hidden";
        return (
          isSeen &&
          right > window.innerWidth + 1 &&
          !element.closest("svg") &&
          !canScroll(element.parentElement)
        );
      })
      .map((element) => element.outerHTML.slice(0, 160));
  });
}
