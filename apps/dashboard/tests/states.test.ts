import { appError } from "@vitrine/core/model/errors";
import { expect, test } from "vitest";
import { BUSINESSES } from "./fake/businesses.ts";
import type { Answers } from "./fake/router.ts";
import { idOf } from "./fake/things.ts";
import { answersOf, busyCafe, NOTHING } from "./fake/world.ts";
import { expectAccessible, goTo, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();

const cafe = () => answersOf({ ...busyCafe(), businesses: BUSINESSES });

type View = {
  name: string;
  path: string;
  /** The call that the view stands on. */
  call: string;
  /** What is seen once it is there. */
  shows: string;
  /** What is said where there is nothing at all yet, and what is said where the filter leaves nothing. */
  empty?: string;
  filtered?: { path: string; says: string };
};

const VIEWS: readonly View[] = [
  { name: "overview", path: "/", call: "overview.get", shows: "On the glass now", empty: "First steps" },
  {
    name: "content",
    path: "/content",
    call: "assets.list",
    shows: "Winter menu",
    empty: "Nothing to show yet",
    filtered: { path: "/content?q=zzz", says: "No content matches" },
  },
  {
    name: "playlists",
    path: "/playlists",
    call: "playlists.list",
    shows: "Lunch",
    empty: "No playlists yet",
    filtered: { path: "/playlists?q=zzz", says: "No playlist matches" },
  },
  { name: "one playlist", path: `/playlists/${idOf(4, 1)}`, call: "playlists.get", shows: "Lunch offer" },
  {
    name: "layouts",
    path: "/layouts",
    call: "layouts.list",
    shows: "Menu beside the news",
    empty: "No layouts yet",
    filtered: { path: "/layouts?q=zzz", says: "No layout matches" },
  },
  { name: "one layout", path: `/layouts/${idOf(8, 1)}`, call: "layouts.get", shows: "front to back" },
  {
    name: "groups",
    path: "/screens/groups",
    call: "groups.list",
    shows: "Street side",
    empty: "No groups yet",
    filtered: { path: "/screens/groups?q=zzz", says: "No group matches" },
  },
  {
    name: "dayparts",
    path: "/settings/dayparts",
    call: "dayparts.list",
    shows: "Breakfast",
    empty: "No dayparts yet",
    filtered: { path: "/settings/dayparts?q=zzz", says: "No daypart matches" },
  },
  {
    name: "schedule",
    path: "/schedule",
    call: "schedule.list",
    shows: "House loop",
    empty: "Nothing is scheduled yet",
  },
  {
    name: "screens",
    path: "/screens",
    call: "devices.list",
    shows: "Harbour terrace",
    empty: "No screens yet",
    filtered: { path: "/screens?q=zzz", says: "No screen matches" },
  },
  {
    name: "one screen",
    path: `/screens/${idOf(3, 1)}`,
    call: "devices.get",
    shows: "Raspberry Pi 5 Model B",
  },
  {
    name: "organization",
    path: "/settings/organization",
    call: "organization.get",
    shows: "Default duration",
  },
  {
    name: "people",
    path: "/settings/people",
    call: "members.list",
    shows: "Lin Okonkwo",
    empty: "No open invitations",
    filtered: { path: "/settings/people?q=zzz&role=viewer", says: "Nobody matches" },
  },
  {
    name: "invitations",
    path: "/settings/people",
    call: "invitations.list",
    shows: "petra@northlight.example",
  },
  { name: "sessions", path: "/settings/security", call: "account.sessions", shows: "Safari 18 on iOS" },
  { name: "account events", path: "/settings/security", call: "account.events", shows: "Signed in" },
  {
    name: "audit",
    path: "/settings/audit",
    call: "audit.list",
    shows: "Jo changed the playlist “Lunch”",
    empty: "Nothing recorded yet",
    filtered: { path: "/settings/audit?q=zzz&area=playlists", says: "Nothing matches" },
  },
  {
    name: "the integrity of the audit",
    path: "/settings/audit",
    call: "audit.state",
    shows: "60 events",
  },
  {
    name: "businesses",
    path: "/settings/businesses",
    call: "businesses.list",
    shows: "Harbour cafés",
    empty: "No businesses yet",
    filtered: { path: "/settings/businesses?q=zzz", says: "Nothing matches" },
  },
  {
    name: "one event of the audit",
    path: "/settings/audit?event=60",
    call: "audit.get",
    shows: "What changed",
  },
  {
    name: "two-step sign-in",
    path: "/settings/security",
    call: "secondFactor.get",
    shows: "It is off: whoever knows your password can sign in.",
  },
  {
    name: "who may",
    path: "/settings/rights?who=devices.pair",
    call: "members.whoMay",
    shows: "Noor van Dijk",
  },
  {
    name: "notifications",
    path: "/settings/notifications",
    call: "members.notifications",
    shows: "The plan is nearly full",
  },
  { name: "plan", path: "/settings/plan", call: "organization.plan", shows: "84 of 100" },
  { name: "API keys", path: "/settings/api-keys", call: "apiKeys.list", shows: "Stock display" },
];

test.each(VIEWS)(
  "$name is shaped while it loads, says what went wrong, recovers, keeps what it knows when it can no longer ask, teaches while there is nothing, and clears a filter that leaves nothing",
  async ({ path, call, shows, empty, filtered }) => {
    const answers = cafe();
    const refusal = appError("NOT_FOUND");
    const first = Promise.withResolvers<never>();
    await using open = await dashboard.open(path, { ...answers, [call]: () => first.promise });
    const { page, server } = open;
    const content = page.getByText(shows, { exact: true });
    const answerAnew = (next: Answers) => {
      server.answers = next;
      server.tell({ kind: "reset" });
    };
    // Before it, the page's own script is on its way, which says so too.
    await page.getByRole("main").waitFor();
    await page.getByRole("status").getByText("Loading").first().waitFor({ state: "attached" });
    await expect.poll(() => content.count()).toBe(0);
    await expectAccessible(page, "main");

    first.reject(refusal);
    const alert = page.getByRole("alert");
    await alert.getByText(/^Request req-\d+$/).waitFor();
    await expectAccessible(page, "main");

    server.answers = answers;
    await alert.getByRole("button", { name: "Try again" }).click();
    await content.first().waitFor();

    answerAnew({ ...answers, [call]: () => Promise.reject(refusal) });
    await page
      .getByText(/may be out of date/)
      .first()
      .waitFor();
    await expect.poll(() => content.first().isVisible()).toBe(true);

    if (!empty) return;
    answerAnew(answersOf(NOTHING));
    await page.getByText(empty, { exact: true }).waitFor();
    await expect.poll(() => page.getByRole("main").getByRole("button").count()).toBeGreaterThan(0);
    await expectAccessible(page, "main");

    if (!filtered) return;
    answerAnew(answers);
    await content.first().waitFor();
    await goTo(page, filtered.path);
    await page.getByText(filtered.says, { exact: true }).waitFor();
    await expectAccessible(page, "main");
    await page.getByRole("button", { name: /^Clear/ }).click();
    await content.first().waitFor();
    expect(new URL(page.url()).search).toBe("");
  },
);

test("API keys teach what they are for while there are none", async () => {
  await using open = await dashboard.open("/settings/api-keys", {
    ...cafe(),
    "apiKeys.list": () => ({ rows: [], nextCursor: null, total: 0 }),
  });
  await open.page.getByText("No API keys", { exact: true }).waitFor();
  await expectAccessible(open.page, "main");
});
