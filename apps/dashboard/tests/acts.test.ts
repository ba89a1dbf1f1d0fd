import { expandGrants, PERMISSIONS, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import { expect, test } from "vitest";
import { device, idOf, session } from "./fake/things.ts";
import { answersOf, busyCafe, NOTHING } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();

test("sign-out is within reach in a low window", async () => {
  await using open = await dashboard.open("/", answersOf(busyCafe()), {
    viewport: { width: 900, height: 320 },
  });
  await open.page.getByRole("button", { name: "Account of Mara Lindqvist" }).click();
  const signOut = open.page.getByRole("menuitem", { name: "Sign out" });
  await signOut.scrollIntoViewIfNeeded();
  open.server.answers = { ...open.server.answers, "account.session": () => null };
  await signOut.click();
  await open.page.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("a viewer is offered nothing that they may not do", async () => {
  const permissions = expandGrants(ROLE_GRANTS.viewer);
  const answers = { ...answersOf(busyCafe()), "account.session": () => session(permissions) };
  for (const [path, shows, offered] of [
    ["/", "On the glass now", /^(Add|Pair)/],
    ["/content", "Winter menu", /^(Add|Choose|Remove|Upload)/],
    ["/playlists", "All day", /^(New|More for)/],
    [`/playlists/${idOf(4, 0)}`, "Cardamom buns", /^(Add|More for|Move|Rename|Remove)/],
    ["/layouts", "Menu beside the news", /^(New|More for)/],
    [`/layouts/${idOf(8, 1)}`, "front to back", /^(Add|Save|Undo|Rename|Choose|Change|Make)/],
    ["/settings/dayparts", "Breakfast", /^(New|More for)/],
    ["/screens/groups", "Street side", /^New/],
    ["/screens", "Harbour terrace", /^Pair/],
    [`/screens/${idOf(3, 0)}`, "Raspberry Pi 5 Model B", /^(Identify|More for|Rename|Take a picture)/],
  ] as const) {
    await using open = await dashboard.open(path, answers);
    await open.page.getByText(shows).first().waitFor();
    expect(
      await open.page.getByRole("main").getByRole("button", { name: offered }).allTextContents(),
      path,
    ).toEqual([]);
  }
  expect(PERMISSIONS.length).toBeGreaterThan(permissions.length);
});

test("the palette finds by keyboard and goes there", async () => {
  await using open = await dashboard.open("/", answersOf(busyCafe()));
  await open.page.getByText("On the glass now").waitFor();
  await open.page.keyboard.press("Control+k");
  const palette = open.page.getByRole("dialog", { name: "Search" });
  await expect
    .poll(() => palette.getByRole("combobox").evaluate((box) => box === document.activeElement))
    .toBe(true);
  await open.page.keyboard.type("terrace");
  await palette.getByRole("option", { name: "Harbour terrace" }).waitFor();
  await expectAccessible(open.page);
  await open.page.keyboard.press("Enter");
  await open.page.getByRole("heading", { level: 1, name: "Harbour terrace" }).waitFor();
});

test("the palette leads to layouts and groups, and begins what may be begun", async () => {
  await using open = await dashboard.open("/", answersOf(busyCafe()));
  const { page } = open;
  const palette = page.getByRole("dialog", { name: "Search" });
  const pick = async (words: string, name: string) => {
    await page.keyboard.press("Control+k");
    await palette.getByRole("combobox").pressSequentially(words);
    await palette.getByRole("option", { name, exact: true }).click();
    await palette.waitFor({ state: "detached" });
  };
  await page.getByText("On the glass now").waitFor();
  await pick("beside", "Menu beside the news");
  await page.getByRole("heading", { level: 1, name: "Menu beside the news" }).waitFor();
  await pick("count", "Counters");
  await expect.poll(() => page.url()).toContain(`group=${idOf(12, 1)}`);
  await pick("new en", "New entry");
  await page.getByRole("complementary", { name: "New entry" }).waitFor();
  await pick("new lay", "New layout");
  await page.getByRole("dialog", { name: "New layout" }).getByRole("button", { name: "Cancel" }).click();
  await pick("show", "Show now…");
  await page.getByRole("dialog", { name: "Show now" }).waitFor();
  expect(open.troubles).toEqual([]);
});

test("the palette begins nothing that this person may not", async () => {
  await using open = await dashboard.open("/", {
    ...answersOf(busyCafe()),
    "account.session": () => session(expandGrants(ROLE_GRANTS.viewer)),
  });
  await open.page.getByText("On the glass now").waitFor();
  await open.page.keyboard.press("Control+k");
  const palette = open.page.getByRole("dialog", { name: "Search" });
  await palette.getByRole("option", { name: "Layouts" }).waitFor();
  await expect.poll(() => palette.getByRole("option", { name: /^(New|Show now|Add|Pair)/ }).count()).toBe(0);
});

test("a narrow window has every section at hand or one press further, by keyboard too, and cuts no word", async () => {
  await using open = await dashboard.open("/", answersOf(busyCafe()), {
    viewport: { width: 360, height: 740 },
  });
  const { page } = open;
  const bar = page.getByRole("navigation", { name: "Sections" });
  await bar.getByRole("link", { name: "Schedule" }).waitFor();
  const cut = await bar
    .locator("span")
    .evaluateAll((words) =>
      words.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
    );
  expect(cut).toEqual([]);
  await expectAccessible(page);
  await bar.getByRole("button", { name: "More sections" }).focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("menu");
  await menu.getByRole("menuitem", { name: "Settings" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toMatch(/^(Layouts|Settings)$/);
  await menu.getByRole("menuitem", { name: "Layouts" }).click();
  await page.getByRole("heading", { level: 1, name: "Layouts" }).waitFor();
  await expect
    .poll(() => bar.getByRole("button", { name: "More sections" }).getAttribute("data-status"))
    .toBe("active");
});

test("the slider of a playlist goes through one whole pass, and the strip's playhead goes with it", async () => {
  const cafe = busyCafe();
  const [item] = cafe.playlists[1]?.items ?? [];
  if (item) item.weight = 3;
  await using open = await dashboard.open(`/playlists/${idOf(4, 1)}`, answersOf(cafe));
  const { page } = open;
  await page.getByRole("button", { name: "Pause preview" }).click();
  const preview = page.getByRole("region", { name: "Preview" });
  await preview.getByText(/ \/ 0:50$/).waitFor();
  const strip = page.getByRole("img", { name: /0:50/ });
  const head = async () => {
    const [whole, line] = [await strip.boundingBox(), await strip.locator("> div").last().boundingBox()];
    return whole && line ? (line.x - whole.x) / whole.width : Number.NaN;
  };
  await preview.getByRole("slider").focus();
  await page.keyboard.press("End");
  await preview.getByText(/^0:49 /).waitFor();
  await expect.poll(head).toBeGreaterThan(0.98);
  await page.keyboard.press("Home");
  await expect.poll(head).toBeLessThan(0.01);
});

test("an item of a playlist is moved by keyboard, and the server is told where to", async () => {
  const cafe = busyCafe();
  const moves: unknown[] = [];
  await using open = await dashboard.open(`/playlists/${idOf(4, 0)}`, {
    ...answersOf(cafe),
    "playlists.moveItem": (input: unknown) => {
      moves.push(input);
      return cafe.playlists[0];
    },
  });
  const handle = open.page.getByRole("button", { name: "Move Winter menu, place 1" });
  await handle.focus();
  await open.page.keyboard.press("Space");
  await open.page.getByText(/Winter menu is over place 1/).waitFor({ state: "attached" });
  await open.page.keyboard.press("ArrowDown");
  await open.page.getByText(/Winter menu is over place 2/).waitFor({ state: "attached" });
  await open.page.keyboard.press("Space");
  await open.page.getByText(/Winter menu is now at place 2/).waitFor({ state: "attached" });
  await expect
    .poll(() => moves)
    .toEqual([{ playlistId: idOf(4, 0), itemId: idOf(5, 1), beforeItemId: idOf(5, 3) }]);
});

test("a duration that cannot be read stays as typed with its reason, and a good one is sent", async () => {
  const cafe = busyCafe();
  const changes: unknown[] = [];
  await using open = await dashboard.open(`/playlists/${idOf(4, 1)}`, {
    ...answersOf(cafe),
    "playlists.updateItem": (input: unknown) => {
      changes.push(input);
      return cafe.playlists[1];
    },
  });
  const box = open.page.getByLabel("Duration of Lunch offer, in seconds or m:ss");
  await box.fill("soon");
  await box.press("Enter");
  await open.page.getByText("Seconds or m:ss", { exact: true }).waitFor();
  await expect.poll(() => box.inputValue()).toBe("soon");
  await box.fill("1:05");
  await box.press("Enter");
  await expect
    .poll(() => changes)
    .toEqual([{ playlistId: idOf(4, 1), itemId: idOf(5, 11), durationMs: 65_000 }]);
});

test("what is in use is named before it is removed, and a removal can be undone", async () => {
  const { appError } = await import("@vitrine/core/model/errors");
  const calls: string[] = [];
  await using open = await dashboard.open(`/content?asset=${idOf(2, 3)}`, {
    ...answersOf(busyCafe()),
    "assets.remove": ({ force }: { force: boolean }) => {
      calls.push(force ? "forced" : "asked");
      if (force) return {};
      throw appError("IN_USE", {
        playlists: [{ id: idOf(4, 1), name: "Lunch" }],
        layouts: [],
        entries: [],
        devices: [],
        isOrganizationDefault: false,
        isBrandLogo: false,
      });
    },
    "assets.restore": () => {
      calls.push("restored");
      return {};
    },
  });
  await open.page.getByRole("button", { name: "More for Harbour at dawn.jpg" }).click();
  await open.page.getByRole("menuitem", { name: "Remove" }).click();
  const dialog = open.page.getByRole("alertdialog", { name: "Remove “Harbour at dawn.jpg”?" });
  await dialog.getByRole("link", { name: "Lunch" }).waitFor();
  await expectAccessible(open.page);
  await dialog.getByRole("button", { name: "Remove anyway" }).click();
  await open.page.getByRole("button", { name: "Undo" }).click();
  await open.page.getByText("“Harbour at dawn.jpg” is back").waitFor();
  await expect.poll(() => calls).toEqual(["asked", "forced", "restored"]);
});

test("pairing makes a playlist of all content, and says no more than the screen confirmed", async () => {
  const cafe = busyCafe();
  const claims: unknown[] = [];
  let told = device(9, {
    status: "never",
    lastHeardAt: null,
    onGlass: null,
    screenshot: null,
    isUpToDate: false,
    name: "Door",
  });
  await using open = await dashboard.open("/", {
    ...answersOf({ ...NOTHING, assets: cafe.assets.slice(0, 3) }),
    "playlists.create": (input: { name: string; assetIds: string[] }) => {
      claims.push(input);
      return { ...cafe.playlists[1], id: idOf(4, 8), name: input.name };
    },
    "devices.claim": (input: unknown) => {
      claims.push(input);
      return told;
    },
    "devices.get": () => told,
  });
  await open.page.getByRole("button", { name: "Pair a screen" }).click();
  await open.page.getByLabel("Code on the screen").fill("bcdf-ghjk-lmnp");
  await open.page.getByText("192.168.1.34").waitFor();
  await expectAccessible(open.page);
  await open.page.getByLabel("Name").fill("Door");
  await open.page.getByRole("button", { name: "Pair this screen" }).click();
  const dialog = open.page.getByRole("dialog", { name: "Pairing Door" });
  await dialog.getByText("Waiting for the screen to answer").waitFor();
  await expect
    .poll(() => claims)
    .toEqual([
      { name: "Door playlist", assetIds: cafe.assets.slice(0, 3).map((one) => one.id) },
      { code: "BCDFGHJKLMNP", name: "Door", timeZone: "Europe/Berlin", playlistId: idOf(4, 8) },
    ]);
  await expect.poll(() => dialog.getByText(/On the glass/).count()).toBe(0);
  told = {
    ...told,
    status: "syncing",
    lastHeardAt: new Date().toISOString(),
    sync: { filesReady: 1, filesTotal: 3, bytesReady: 1, bytesTotal: 3 },
  };
  await dialog.getByText("Fetching files: 1 of 3").waitFor();
  await expect.poll(() => dialog.getByText(/On the glass/).count()).toBe(0);
  told = device(9, { name: "Door" });
  await dialog
    .getByText("On the glass: Gift cards")
    .or(dialog.getByText(/^On the glass: /))
    .first()
    .waitFor();
  await expectAccessible(open.page);
});

test("a field that the server refuses says so itself, and nothing typed is lost", async () => {
  const { appError } = await import("@vitrine/core/model/errors");
  await using open = await dashboard.open("/sign-up", {
    "account.session": () => null,
    "account.signUpWay": () => ({ way: "atOnce" }),
    "account.signUp": () => {
      throw appError("EMAIL_TAKEN");
    },
  });
  await open.page.getByLabel("Your name").fill("Mara");
  await open.page.getByLabel("Organization").fill("Northlight");
  await open.page.getByLabel("E-mail").fill("mara@northlight.example");
  await open.page.getByLabel("Password", { exact: true }).fill("winter-menu-2026");
  await open.page.keyboard.press("Enter");
  const email = open.page.getByLabel("E-mail");
  await open.page.getByText("There is an account with this e-mail already. Sign in instead.").waitFor();
  await expect.poll(() => email.getAttribute("aria-invalid")).toBe("true");
  await expect.poll(() => email.inputValue()).toBe("mara@northlight.example");
  await expectAccessible(open.page);
});

test("what was typed and not saved is asked for before it is left, and filters beside it do not ask", async () => {
  await using open = await dashboard.open(`/content?asset=${idOf(2, 3)}`, answersOf(busyCafe()));
  await open.page.getByLabel("Name", { exact: true }).fill("Another name");
  await open.page.getByLabel("Search content").fill("Q");
  await expect.poll(() => new URL(open.page.url()).search).toContain("q=Q");
  await open.page.getByRole("link", { name: "Playlists", exact: true }).click();
  const ask = open.page.getByRole("alertdialog", { name: "Leave without saving?" });
  await ask.getByRole("button", { name: "Stay" }).click();
  await expect.poll(() => open.page.getByLabel("Name", { exact: true }).inputValue()).toBe("Another name");
  await open.page.getByRole("link", { name: "Playlists", exact: true }).click();
  await ask.getByRole("button", { name: "Leave without saving" }).click();
  await open.page.getByRole("heading", { level: 1, name: "Playlists" }).waitFor();
});

test("moving to another organization forgets what was known of the first", async () => {
  await using open = await dashboard.open("/content", answersOf(busyCafe()));
  await open.page.getByText("Winter menu", { exact: true }).waitFor();
  const other = session();
  const moved = {
    ...other,
    organization: other.organization && { ...other.organization, id: idOf(1, 2), name: "Harbour School" },
  };
  open.server.answers = {
    ...answersOf(NOTHING),
    "account.session": () => moved,
    "organization.select": () => moved,
  };
  await open.page.getByRole("button", { name: "Organization: Northlight Cafés" }).click();
  await open.page.getByRole("menuitemradio", { name: "Harbour School" }).click();
  await open.page.getByRole("heading", { level: 1, name: "Harbour School" }).waitFor();
  await open.page.getByRole("link", { name: "Content", exact: true }).first().click();
  await open.page.getByText("Nothing to show yet").waitFor();
  await expect.poll(() => open.page.getByText("Winter menu").count()).toBe(0);
});
