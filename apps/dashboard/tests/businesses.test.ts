import { setTimeout as delay } from "node:timers/promises";
import { type AppError, invalidInput } from "@vitrine/core/model/errors";
import type { Locator, Page } from "playwright";
import { expect, test } from "vitest";
import { BUSINESSES, businessAnswers, limitedSession } from "./fake/businesses.ts";
import type { Answers } from "./fake/router.ts";
import { ENTRIES } from "./fake/schedule.ts";
import { telling } from "./fake/telling.ts";
import { idOf } from "./fake/things.ts";
import { answersOf, busyCafe, NOTHING } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();
const HARBOUR = idOf(14, 1);
const MUSEUM = idOf(14, 2);
const AMONG = businessAnswers(BUSINESSES);
const MISSING = "Choose one of your businesses";

/** Whoever is signed in is limited to the first so many businesses. */
const limitedTo = (count: number): Answers => {
  const own = BUSINESSES.slice(0, count);
  return { ...businessAnswers(own), "account.session": () => limitedSession(own) };
};

const press = (within: Page | Locator, name: string) =>
  within.getByRole("button", { name, exact: true }).first().click();

async function choose(dialog: Locator, page: Page, name: string): Promise<void> {
  await dialog.getByRole("combobox", { name: "Business" }).click();
  await page.getByRole("option", { name }).click();
}

/** Each way to make something that can belong to a business: where, how its form is opened and filled in, what sends it. */
const MAKING: [
  what: string,
  call: string,
  path: string,
  open: (page: Page) => Promise<Locator>,
  send: string,
][] = [
  [
    "a playlist",
    "playlists.create",
    "/playlists",
    async (page) => {
      await press(page, "New playlist");
      return named(page.getByRole("dialog", { name: "New playlist" }));
    },
    "Create playlist",
  ],
  [
    "a layout",
    "layouts.create",
    "/layouts",
    async (page) => {
      await press(page, "New layout");
      return named(page.getByRole("dialog", { name: "New layout" }));
    },
    "Create layout",
  ],
  [
    "a group",
    "groups.create",
    "/screens/groups",
    async (page) => {
      await press(page, "New group");
      return named(page.getByRole("dialog", { name: "New group" }));
    },
    "Create group",
  ],
  [
    "a group of chosen screens",
    "groups.create",
    "/screens?view=list",
    async (page) => {
      await page.getByRole("checkbox", { name: "Choose Window", exact: true }).click();
      await press(page, "Add to group");
      const dialog = page.getByRole("dialog", { name: "Add 1 screen to a group" });
      await dialog.getByRole("radio", { name: "A new group" }).check();
      return named(dialog);
    },
    "Add to group",
  ],
  [
    "a web page",
    "assets.createWeb",
    "/content",
    async (page) => {
      await press(page, "More ways to add content");
      await page.getByRole("menuitem", { name: "Add a web page" }).click();
      const dialog = page.getByRole("dialog", { name: "Add a web page" });
      await dialog.getByRole("textbox", { name: "Address" }).fill("https://example.com/");
      return dialog;
    },
    "Add web page",
  ],
  [
    "a playlist that is played at once",
    "playlists.create",
    "/content",
    async (page) => {
      await page.getByRole("checkbox", { name: "Choose Winter menu", exact: true }).click();
      await press(page, "Play on screens");
      const dialog = page.getByRole("dialog", { name: "Play 1 item on screens" });
      await dialog.getByRole("checkbox", { name: /^Window/ }).click();
      return dialog;
    },
    "Play on 1 screen",
  ],
  [
    "an override",
    "schedule.override",
    "/",
    async (page) => {
      await press(page, "Show now…");
      const dialog = page.getByRole("dialog", { name: "Show now" });
      await dialog.getByRole("radio", { name: "Winter menu", exact: true }).check();
      await dialog.getByRole("radio", { name: "15 minutes" }).check();
      return dialog;
    },
    "Show now",
  ],
  [
    "an entry of the schedule",
    "schedule.create",
    "/schedule?date=2026-11-24&view=week",
    async (page) => {
      await press(page, "New entry");
      const panel = page.getByRole("complementary", { name: "New entry" });
      await panel.getByRole("button", { name: /^Shows/ }).click();
      await page
        .getByRole("dialog", { name: "What to show" })
        .getByRole("button", { name: "All day" })
        .click();
      return panel;
    },
    "Add to the schedule",
  ],
];

async function named(dialog: Locator): Promise<Locator> {
  await dialog.getByRole("textbox", { name: "Name" }).fill("Of the museum");
  return dialog;
}

/** As the server does with who is limited to several businesses and says none. */
function wanting(call: string, answers: Answers): { told: unknown[]; answers: Answers } {
  const told: unknown[] = [];
  const give = answers[call];
  return {
    told,
    answers: {
      ...answers,
      [call]: (input: { businessId?: string | null }): unknown => {
        told.push(input.businessId);
        if (input.businessId === undefined) throw refused();
        return give?.(input as never);
      },
    },
  };
}

const refused = (): AppError => invalidInput("businessId", MISSING);

test.each(MAKING)(
  "%s is made in the business that is chosen, which somebody of several must say",
  async (_what, call, path, openForm, send) => {
    const { told, answers } = wanting(call, { ...answersOf(busyCafe()), ...limitedTo(2) });
    await using open = await dashboard.open(path, answers);
    const { page } = open;
    const form = await openForm(page);
    await press(form, send);
    await form.getByText(MISSING).waitFor();
    await choose(form, page, BUSINESSES[1]?.name ?? "");
    await form.getByText(MISSING).waitFor({ state: "detached" });
    await press(form, send);
    await expect.poll(() => told).toEqual([undefined, MUSEUM]);
    expect(open.troubles).toEqual([]);
  },
);

test("whoever sees everything chooses or not, beginning with what the page is narrowed to; of one business nobody asks", async () => {
  const told: unknown[] = [];
  const cafe = busyCafe();
  const answers: Answers = {
    ...answersOf(cafe),
    "playlists.create": (input: unknown) => {
      told.push(input);
      return cafe.playlists[0];
    },
  };
  const make = async (who: Answers, path: string, chosen: string | null) => {
    await using open = await dashboard.open(path, { ...answers, ...who });
    const { page } = open;
    await page.getByText("All day").first().waitFor();
    await press(page, "New playlist");
    const dialog = await named(page.getByRole("dialog", { name: "New playlist" }));
    const field = dialog.getByRole("combobox", { name: "Business" });
    if (chosen !== null) expect(await field.textContent()).toBe(chosen);
    else expect(await field.count()).toBe(0);
    await press(dialog, "Create playlist");
    await dialog.waitFor({ state: "detached" });
  };
  await make(AMONG, "/playlists", "Whole organization");
  // The form opens before it is known which businesses there are, and shows the choice once it is.
  const late = async () => {
    await delay(1500);
    return AMONG["businesses.names"]();
  };
  await make({ ...AMONG, "businesses.names": late }, `/playlists?business=${HARBOUR}`, "Harbour cafés");
  await make(limitedTo(1), "/playlists", null);
  await make({}, "/playlists", null);
  expect(told).toMatchObject([{}, { businessId: HARBOUR }, {}, {}]);
  const [whole, , ofOne, alone] = told;
  for (const input of [whole, ofOne, alone]) expect(input).not.toHaveProperty("businessId");
});

/** Chooses a file on the content page; what is said of each upload that begins is kept. */
async function addFile(page: Page, name: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await press(page, "Add content");
  await (await chooser).setFiles({ name, mimeType: "image/png", buffer: Buffer.from("picture") });
}

async function begun(page: Page): Promise<Record<string, string>[]> {
  const told: Record<string, string>[] = [];
  await page.route("**/uploads", (route) => {
    const pairs = (route.request().headers()["upload-metadata"] ?? "")
      .split(",")
      .map((pair) => pair.split(" "));
    told.push(
      Object.fromEntries(
        pairs.map(([key = "", value = ""]) => [key, Buffer.from(value, "base64").toString()]),
      ),
    );
    return route.fulfill({ status: 400, contentType: "application/json", body: "{}" });
  });
  return told;
}

test("files are sent for the business that is chosen first, at once where there is none to choose", async () => {
  const content = async (who: Answers, query = "") => {
    const open = await dashboard.open(`/content${query}`, { ...answersOf(busyCafe()), ...who });
    await open.page.getByText("Winter menu").first().waitFor();
    return { ...open, [Symbol.asyncDispose]: open[Symbol.asyncDispose], told: await begun(open.page) };
  };
  {
    await using open = await content(limitedTo(2));
    await addFile(open.page, "menu.png");
    const dialog = open.page.getByRole("dialog", { name: "Upload 1 file" });
    await press(dialog, "Upload");
    await dialog.getByText(MISSING).waitFor();
    await expectAccessible(open.page);
    await choose(dialog, open.page, BUSINESSES[1]?.name ?? "");
    await press(dialog, "Upload");
    await expect.poll(() => open.told).toEqual([{ filename: "menu.png", businessId: MUSEUM }]);
    expect(open.troubles).toEqual([]);
  }
  {
    await using open = await content(AMONG, `?business=${HARBOUR}`);
    await addFile(open.page, "in-view.png");
    const dialog = open.page.getByRole("dialog", { name: "Upload 1 file" });
    expect(await dialog.getByRole("combobox", { name: "Business" }).textContent()).toBe("Harbour cafés");
    await choose(dialog, open.page, "Whole organization");
    await press(dialog, "Upload");
    await expect.poll(() => open.told).toEqual([{ filename: "in-view.png", businessId: "" }]);
  }
  for (const who of [limitedTo(1), {}]) {
    await using open = await content(who);
    await addFile(open.page, "at-once.png");
    await expect.poll(() => open.told).toEqual([{ filename: "at-once.png" }]);
  }
});

test("content and groups are narrowed to a business, which is in the address", async () => {
  for (const [path, call, empty] of [
    ["/content", "assets.list", "No content matches"],
    ["/screens/groups", "groups.list", "No group matches"],
  ] as const) {
    const { told, answers } = telling(call);
    const nothing = { rows: [], nextCursor: null, total: 0 };
    await using open = await dashboard.open(path, {
      ...answers,
      ...AMONG,
      [call]: (input: { businessId?: string }) =>
        input.businessId ? nothing : answers[call]?.(input as never),
    });
    const { page } = open;
    await choose(page.getByRole("main"), page, "Harbour cafés");
    await page.getByText(empty).waitFor();
    expect(new URL(page.url()).searchParams.get("business")).toBe(HARBOUR);
    await press(page, "Clear filters");
    await page.getByText(empty).waitFor({ state: "detached" });
    expect(new URL(page.url()).search).toBe("");
    expect(told.length).toBeGreaterThan(0);
    expect(open.troubles).toEqual([]);
  }
});

test("an empty list says to who is limited that nothing is in their businesses, not that there is nothing", async () => {
  const words = "Nothing in your businesses yet";
  for (const [path, says] of [
    ["/content", words],
    ["/settings/dayparts", "No dayparts yet"],
  ] as const) {
    await using open = await dashboard.open(path, { ...answersOf(NOTHING), ...limitedTo(1) });
    await open.page.getByRole("main").getByText(says, { exact: true }).waitFor();
  }
  await using open = await dashboard.open("/content", { ...answersOf(NOTHING), ...AMONG });
  await open.page.getByText("Nothing to show yet", { exact: true }).waitFor();
  expect(await open.page.getByText(words).count()).toBe(0);
});

test("who is limited is not offered what concerns the whole organization, nor anything without a business", async () => {
  const look = async (who: Answers, path: string, shows: string, offered: RegExp) => {
    await using open = await dashboard.open(path, { ...answersOf(busyCafe()), ...who });
    await open.page.getByText(shows).first().waitFor();
    const buttons = open.page.getByRole("main").getByRole("button", { name: offered });
    expect(await buttons.allTextContents(), path).toEqual([]);
  };
  await look(limitedTo(1), "/settings/dayparts", "Breakfast", /^(New|More for)/);
  await look(limitedTo(1), "/settings/organization", "Default duration", /^(Save|Remove)/);
  await look(limitedTo(1), "/settings/businesses", "Speicherstadt 4", /^(New|More for)/);
  for (const [path, shows] of [
    ["/content", "Winter menu"],
    ["/playlists", "All day"],
    ["/layouts", "Menu beside the news"],
    ["/screens", "Harbour terrace"],
  ] as const)
    await look(limitedTo(0), path, shows, /^(Add|New|Pair|More for)/);
});

test("what is in no business of theirs is called so, and neither opened nor copied", async () => {
  const [first] = ENTRIES;
  if (!first) throw new Error("There is an entry");
  const hidden = {
    ...first,
    businessId: HARBOUR,
    shown: { name: "", isPresent: true, isHidden: true, thumbnailUrl: null },
  };
  const cafe = busyCafe();
  const unseen = { id: idOf(4, 90), name: "" };
  const devices = cafe.devices.map((one) => ({ ...one, playlist: unseen, effectivePlaylist: unseen }));
  const answers = { ...answersOf({ ...cafe, devices, entries: [hidden] }), ...limitedTo(1) };
  const words = "Not in your businesses";
  {
    await using open = await dashboard.open(
      `/schedule?date=2026-11-24&view=week&entry=${hidden.id}`,
      answers,
    );
    const panel = open.page.getByRole("complementary", { name: hidden.name });
    await panel
      .getByRole("button", { name: /^Shows/ })
      .getByText(words)
      .waitFor();
    await press(panel, `More for ${hidden.name}`);
    await open.page.getByRole("menuitem", { name: "Remove" }).waitFor();
    expect(await open.page.getByRole("menuitem", { name: "Duplicate" }).count()).toBe(0);
    expect(open.troubles).toEqual([]);
  }
  for (const path of ["/screens", "/screens?view=list", `/screens/${idOf(3, 0)}`]) {
    await using open = await dashboard.open(path, answers);
    await open.page.getByText("Window").first().waitFor();
    await open.page.getByRole("main").getByText(words).first().waitFor();
    expect(await open.page.locator(`a[href*="${unseen.id}"]`).count(), path).toBe(0);
  }
});
