import type { Page } from "playwright";
import { expect, test } from "vitest";
import { idOf } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, expectContrastInDark, withDashboard } from "./open-dashboard.ts";

/** Addresses with a text that shows once the page is there. */
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
const GUEST_PAGES = [
  ["/sign-up", "Create your account"],
  ["/sign-in", "New here?"],
] as const;

/** Defines the tests that look at every page in a window of this width; colours are the same at any width. */
export function lookAtPages(width: number, { isAlsoDark }: { isAlsoDark: boolean }): void {
  const dashboard = withDashboard({ isOnePerson: true });
  const options = { viewport: { width, height: 740 }, colorScheme: "light" } as const;
  const look = async (path: string, shows: string, answers: Parameters<typeof dashboard.open>[1]) => {
    await using open = await dashboard.open(path, answers, options);
    await open.page.getByText(shows).first().waitFor();
    await expectAccessible(open.page);
    expect(await cutOff(open.page)).toEqual([]);
    if (isAlsoDark) await expectContrastInDark(open.page);
    expect(open.troubles).toEqual([]);
  };
  test.each(PAGES)("%s is accessible and stays inside the window", (path, shows) =>
    look(path, shows, answersOf(busyCafe())),
  );
  test.each(GUEST_PAGES)("%s is accessible and stays inside the window", (path, shows) =>
    look(path, shows, { "account.session": () => null }),
  );
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
