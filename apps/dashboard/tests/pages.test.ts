import { appError } from "@vitrine/core/model/errors";
import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { OPENED_LINK } from "./fake/account.ts";
import { BUSINESSES, businessAnswers } from "./fake/businesses.ts";
import { OPENED } from "./fake/people.ts";
import type { Answers } from "./fake/router.ts";
import { idOf, session } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import {
  expectAccessible,
  expectContrastInDark,
  goTo,
  type OpenPage,
  turnDark,
  withDashboard,
} from "./open-dashboard.ts";

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
  [`/screens/${idOf(3, 5)}`, "Something of what it should play is left out"],
  [`/screens/${idOf(3, 4)}?tab=history&range=week`, "It lost the server"],
  [`/screens/${idOf(3, 2)}?tab=files`, "Cardamom buns"],
  [`/screens/${idOf(3, 0)}?tab=health`, "Debian GNU/Linux 13"],
  [`/screens/${idOf(3, 4)}?tab=commands`, "It is not connected now"],
  [`/screens/${idOf(3, 0)}?tab=logs&log=${idOf(21, 1)}`, "item_shown"],
  [`/screens/${idOf(3, 1)}?tab=settings`, "menu.local"],
  [`/screens/${idOf(3, 0)}/preview?at=2026-03-03T15:10:00`, "What plays when"],
  ["/settings/organization", "Default duration"],
  ["/settings/domains", "No domain of your own"],
  ["/settings/people", "Lin Okonkwo"],
  ["/settings/people?invite=true", "Send invitations"],
  ["/settings/rights?who=assets.edit", "Who may: Content: Edit"],
  ["/settings/dayparts", "Breakfast"],
  ["/settings/api-keys", "Stock display"],
  ["/settings/security", "Safari 18 on iOS"],
  ["/settings/audit", "Jo changed the playlist “Lunch”"],
  ["/settings/audit?event=60", "What changed"],
  ["/settings/notifications", "The plan is nearly full"],
  ["/settings/plan", "84 of 100"],
  ["/settings/account", "Current password"],
] as const;
const GUEST_PAGES = [
  ["/sign-up", "Create your account"],
  ["/sign-in", "New here?"],
  ["/forgot-password", "Send link"],
  ["/reset-password", "Open your link again"],
] as const;

const GUEST = { "account.session": () => null, "account.signUpWay": () => ({ way: "atOnce" }) };
const NEWCOMER = { ...GUEST, "invitations.open": () => OPENED };
const INVITED = [
  ["for a newcomer", "Create account and join", NEWCOMER],
  [
    "for somebody with an account",
    "Sign in and join",
    { ...GUEST, "invitations.open": () => ({ ...OPENED, hasAccount: true }) },
  ],
  [
    "for who is signed in",
    "You are signed in as Mara Lindqvist (mara@northlight.example).",
    { ...answersOf(busyCafe()), "invitations.open": () => ({ ...OPENED, email: "mara@northlight.example" }) },
  ],
  ["for somebody else", "Sign out and go on", { ...answersOf(busyCafe()), "invitations.open": () => OPENED }],
  [
    "that is no longer good",
    "This invitation is no longer good",
    { ...GUEST, "invitations.open": () => Promise.reject(appError("INVITATION_INVALID")) },
  ],
] as const;

const RESETTING = { ...GUEST, "account.openPasswordReset": () => OPENED_LINK };
const CONFIRMING = { ...GUEST, "account.openEmailLink": () => OPENED_LINK };
const WAITING = {
  ...answersOf(busyCafe()),
  "account.session": () => ({ ...session(), mustVerifyEmail: true }),
};
const ACCOUNT_PAGES = [
  ["a link for a password", "/reset-password#token", "Set password", RESETTING],
  ["a link for an address", "/confirm-email#token", "This is my address", CONFIRMING],
  ["an address that is not confirmed", "/", "Send again", WAITING],
] as const;

const WIDE = { width: 1280, height: 740 };
const NARROW = { width: 360, height: 740 };
const dashboard = withDashboard();

/** What only wide windows have is looked at in a dark one too. */
const HAS_MORE_WHEN_WIDE: readonly string[] = [
  "/",
  "/schedule?date=2026-11-24&view=week",
  `/screens/${idOf(3, 0)}?tab=health`,
];

/** The café's pages are gone to one after the other. */
let cafe: OpenPage;
beforeAll(async () => {
  cafe = await dashboard.open("/", answersOf(busyCafe()));
});

test.each(PAGES)("%s is accessible and stays inside the window, wide and narrow", async (path, shows) => {
  await cafe.page.setViewportSize(WIDE);
  await cafe.page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await goTo(cafe.page, path);
  await look(cafe, shows, HAS_MORE_WHEN_WIDE.includes(path));
});

async function openAndLook(path: string, shows: string, answers: Answers) {
  await using open = await dashboard.open(path, answers, { viewport: WIDE });
  await look(open, shows);
}

/** A page wide and light, then narrow and dark. */
async function look({ page, troubles }: OpenPage, shows: string, hasMoreWhenWide = false) {
  const shown = page.getByText(shows).filter({ visible: true }).first();
  await shown.waitFor();
  await expectAccessible(page);
  expect(await cutOff(page)).toEqual([]);

  if (hasMoreWhenWide) {
    await page.getByRole("status").getByText("Loading").waitFor({ state: "detached" });
    await expectContrastInDark(page);
  }
  await turnDark(page);
  await page.setViewportSize(NARROW);
  await shown.waitFor();
  await expectAccessible(page);
  expect(await cutOff(page)).toEqual([]);
  expect(troubles.splice(0)).toEqual([]);
}

/** Where there are businesses, and what then says which one something belongs to. */
const OF_BUSINESSES = [
  ["/settings/businesses", "Speicherstadt 4"],
  ["/settings/people?invite=true", "Only some businesses"],
  ["/screens", "Harbour terrace"],
  [`/playlists/${idOf(4, 0)}`, "Cardamom buns"],
] as const;

test.each(OF_BUSINESSES)(
  "%s among businesses is accessible and stays inside the window, wide and narrow",
  (path, shows) => openAndLook(path, shows, { ...answersOf(busyCafe()), ...businessAnswers(BUSINESSES) }),
);

test.each(GUEST_PAGES)("%s is accessible and stays inside the window, wide and narrow", (path, shows) =>
  openAndLook(path, shows, GUEST),
);

test.each(INVITED)(
  "an invitation %s is accessible and stays inside the window, wide and narrow",
  (_, shows, answers) => openAndLook("/invitation#secret", shows, answers),
);

test("an invitation without its secret is accessible and stays inside the window, wide and narrow", () =>
  openAndLook("/invitation", "Open your invitation again", GUEST));

test.each(ACCOUNT_PAGES)(
  "%s is accessible and stays inside the window, wide and narrow",
  (_, path, shows, answers) => openAndLook(path, shows, answers),
);

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
