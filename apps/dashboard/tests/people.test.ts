import { expandGrants, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import { expect, test } from "vitest";
import { FOUNDER, invitation, PEOPLE, peopleAnswers, person } from "./fake/people.ts";
import { telling } from "./fake/telling.ts";
import { idOf, session } from "./fake/things.ts";
import { answersOf, busyCafe, NOTHING } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();

test("several are invited at once, wrong addresses are named, and who belongs here already is told", async () => {
  const { told, answers } = telling("invitations.create");
  await using open = await dashboard.open("/settings/people", answers, {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const { page } = open;
  await page.getByRole("button", { name: "Invite people" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite people" });
  const box = dialog.getByRole("textbox", { name: "E-mail addresses" });
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await dialog.getByText("Enter an e-mail address").waitFor();
  await expect.poll(() => box.evaluate((one) => one === document.activeElement)).toBe(true);

  await box.pressSequentially("Ada@northlight.example, ben@northlight ");
  await dialog.getByText("“ben@northlight” is no e-mail address.").waitFor();
  await page.evaluate(() =>
    navigator.clipboard.writeText(
      'Jo <jo@northlight.example>;\n"Berg, Cleo" <cleo@northlight.example>\nada@northlight.example',
    ),
  );
  await box.press("ControlOrMeta+v");
  await dialog.getByRole("button", { name: "Remove cleo@northlight.example" }).waitFor();
  await box.pressSequentially("dora@northlight.example");
  await dialog.getByRole("radio", { name: "Operator" }).check();
  await dialog.getByRole("button", { name: "Remove dora@northlight.example" }).waitFor();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  expect(told).toEqual([]);
  await dialog.getByRole("button", { name: "Remove ben@northlight", exact: true }).click();
  await dialog.getByText(/is no e-mail address/).waitFor({ state: "detached" });
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("3 invited, 1 belongs here already").waitFor();
  await page.getByRole("list", { name: "Open invitations" }).getByText("dora@northlight.example").waitFor();
  const emails = ["ada", "jo", "cleo", "dora"].map((name) => `${name}@northlight.example`);
  await expect.poll(() => told).toEqual([{ emails, role: "operator", businessIds: null }]);
  expect(new URL(page.url()).search).toBe("");
  expect(open.troubles).toEqual([]);
});

test("a role is given with a line on what it may do, and taken back by undo", async () => {
  const { told, answers } = telling("members.setRole");
  await using open = await dashboard.open("/settings/people", answers);
  const { page } = open;
  const role = page.getByRole("combobox", { name: "Role of Tariq Aziz" });
  await role.focus();
  await page.keyboard.press("Enter");
  const option = page.getByRole("option", { name: /^Operator/ });
  await option.getByText("Pairs and looks after screens, and shows something at once.").waitFor();
  await option.click();
  await page.getByText("Tariq Aziz is Operator now").waitFor();
  await expect.poll(() => role.textContent()).toBe("Operator");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => role.textContent()).toBe("Manager");
  const userId = idOf(0, 5);
  await expect
    .poll(() => told)
    .toEqual([
      { userId, role: "operator" },
      { userId, role: "manager" },
    ]);
});

test("an administrator makes nobody an owner and touches none", async () => {
  await using open = await dashboard.open("/settings/people", {
    ...answersOf({
      ...busyCafe(),
      invitations: [invitation(1, "boss@northlight.example", { role: "owner" })],
    }),
    "account.session": () => ({
      ...session(expandGrants(ROLE_GRANTS.admin)),
      user: { id: idOf(0, 3), name: "Lin Okonkwo", email: "lin@northlight.example" },
    }),
  });
  const { page } = open;
  const people = page.getByRole("list", { name: "People" });
  await people.getByText("Noor van Dijk").waitFor();
  await expect.poll(() => people.getByRole("combobox").count()).toBe(4);
  await expect.poll(() => page.getByRole("button", { name: /^More for (Mara|Noor)/ }).count()).toBe(0);
  await page.getByText("boss@northlight.example").waitFor();
  await expect.poll(() => page.getByRole("button", { name: /boss@northlight/ }).count()).toBe(0);
  await page.getByRole("combobox", { name: "Role of Jo" }).click();
  await page.getByRole("option", { name: /^Administrator/ }).waitFor();
  await expect.poll(() => page.getByRole("option", { name: /^Owner/ }).count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More for Jo" }).click();
  await page.getByRole("menuitem", { name: "Remove from organization" }).waitFor();
  await expect.poll(() => page.getByRole("menuitem", { name: "Hand over ownership" }).count()).toBe(0);
});

test("somebody is removed and is back by undo", async () => {
  await using open = await dashboard.open("/settings/people", answersOf(busyCafe()));
  const { page } = open;
  const row = page.getByRole("list", { name: "People" }).getByText("Frida Holm");
  await page.getByRole("button", { name: "More for Frida Holm" }).click();
  await page.getByRole("menuitem", { name: "Remove from organization" }).click();
  await page.getByText("“Frida Holm” was removed").waitFor();
  await row.waitFor({ state: "detached" });
  await page.getByText("6 people").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("“Frida Holm” is back").waitFor();
  await row.waitFor();
});

test("ownership is handed over once it was said what that means", async () => {
  const { told, answers } = telling("members.handOver");
  await using open = await dashboard.open("/settings/people", answers);
  const { page } = open;
  await page.getByRole("button", { name: "More for Lin Okonkwo" }).click();
  await page.getByRole("menuitem", { name: "Hand over ownership" }).click();
  const ask = page.getByRole("alertdialog", { name: "Hand ownership over to Lin Okonkwo?" });
  await ask.getByText(/^You become an administrator/).waitFor();
  open.server.answers = {
    ...open.server.answers,
    "account.session": () => session(expandGrants(ROLE_GRANTS.admin)),
  };
  await ask.getByRole("button", { name: "Hand over", exact: true }).click();
  await ask.waitFor({ state: "detached" });
  await page.getByText("Lin Okonkwo is an owner of Northlight Cafés now").waitFor();
  await page.getByRole("combobox", { name: "Role of Lin Okonkwo" }).waitFor({ state: "detached" });
  await expect.poll(() => told).toEqual([{ userId: idOf(0, 3) }]);
});

test("the only owner is told to hand ownership over before leaving", async () => {
  await using open = await dashboard.open("/settings/account", answersOf(NOTHING));
  const { page } = open;
  await page.getByRole("button", { name: "Leave organization" }).click();
  const ask = page.getByRole("alertdialog", { name: "Leave Northlight Cafés?" });
  await ask.getByRole("button", { name: "Leave organization" }).click();
  await ask.getByText(/^You are the only owner/).waitFor();
  await expectAccessible(page);
  await ask.getByRole("link", { name: "Choose somebody" }).click();
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor();
  await ask.waitFor({ state: "detached" });
});

test("whoever leaves is out, and belongs to what else they belong to", async () => {
  await using open = await dashboard.open("/settings/people", answersOf(busyCafe()));
  const { page } = open;
  await page.getByRole("button", { name: "More for Mara Lindqvist" }).click();
  await page.getByRole("menuitem", { name: "Leave organization" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave organization" }).click();
  await page.getByText("You left Northlight Cafés").waitFor();
  await page.getByRole("heading", { name: "Create an organization" }).waitFor();
});

test("an invitation is sent again and withdrawn", async () => {
  await using open = await dashboard.open("/settings/people", answersOf(busyCafe()));
  const { page } = open;
  const row = page.getByRole("listitem").filter({ hasText: "kim@northlight.example" });
  await row.getByText("Expired").waitFor();
  const choose = async (item: string) => {
    await row.getByRole("button", { name: "More for the invitation of kim@northlight.example" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await row.getByRole("button", { name: "Send again to kim@northlight.example" }).click();
  await page.getByText("A new message is on its way to kim@northlight.example").waitFor();
  await row.getByText("Message on its way").waitFor();
  await choose("Send again");
  await choose("Withdraw");
  await page.getByRole("alertdialog").getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("The invitation of kim@northlight.example was withdrawn").waitFor();
  await row.waitFor({ state: "detached" });
});

test("an invitation’s link is copied, and shown where the browser copies nothing", async () => {
  await using open = await dashboard.open("/settings/people", answersOf(busyCafe()), {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const { page } = open;
  const url = `https://signage.northlight.example/invitation#${idOf(13, 1)}`;
  const copy = page.getByRole("button", { name: "Copy link for sam.kowalczyk@harbour-school.example" });
  await copy.click();
  await page.getByText("The link was copied").waitFor();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(url);

  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await copy.click();
  const dialog = page.getByRole("dialog", { name: "Link for sam.kowalczyk@harbour-school.example" });
  const link = dialog.getByRole("textbox", { name: "Link" });
  await expect.poll(() => link.inputValue()).toBe(url);
  await expect.poll(() => page.evaluate(() => String(window.getSelection()))).toBe(url);
  await expectAccessible(page);
});

test("people are found by name, address and role, and the address of the page says so", async () => {
  await using open = await dashboard.open("/settings/people", answersOf(busyCafe()));
  const { page } = open;
  const rows = page.getByRole("list", { name: "People" }).getByRole("listitem");
  await page.getByRole("searchbox", { name: "Search people" }).fill("northlight");
  await page.getByRole("combobox", { name: "Role", exact: true }).click();
  await page.getByRole("option", { name: "Manager" }).click();
  await page.getByText("2 people").waitFor();
  await expect
    .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
    .toEqual({ q: "northlight", role: "manager" });
  await page.reload();
  await page.getByText("2 people").waitFor();
  await expect.poll(() => rows.count()).toBe(2);
});

test("more people are loaded a page at a time", async () => {
  const crowd = Array.from({ length: 60 }, (_, index) => person(100 + index, `Person ${index}`, "viewer"));
  await using open = await dashboard.open("/settings/people", {
    ...answersOf(busyCafe()),
    "members.list": ({ cursor, limit }: { cursor?: string; limit: number }) => ({
      rows: crowd.slice(Number(cursor ?? 0), Number(cursor ?? 0) + limit),
      nextCursor: cursor === undefined ? String(limit) : null,
      total: crowd.length,
    }),
  });
  const { page } = open;
  await page.getByText("60 people").waitFor();
  await expect.poll(() => page.getByText("Person 59", { exact: true }).count()).toBe(0);
  await page.getByRole("button", { name: "Load more" }).click();
  await page.getByText("Person 59", { exact: true }).waitFor();
});

test("who comes and who is invited shows without loading anew", async () => {
  await using open = await dashboard.open("/settings/people", answersOf(NOTHING));
  const { page, server } = open;
  await page.getByText("No open invitations").waitFor();
  const happened = (subject: "member" | "invitation", answers: ReturnType<typeof peopleAnswers>) => {
    server.answers = { ...server.answers, ...answers };
    server.tell({ kind: "change", change: { subject, ids: [], action: "changed" } });
  };
  happened("invitation", peopleAnswers(FOUNDER, [invitation(1, "lin@northlight.example")]));
  await page.getByText("lin@northlight.example").waitFor();
  await page.getByText("1 person").waitFor();
  happened("member", peopleAnswers(PEOPLE, []));
  await page.getByText("7 people").waitFor();
});

test("the palette finds people, leads to them and begins an invitation", async () => {
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
  await pick("okonk", "Lin Okonkwo");
  await page.getByText("1 person").waitFor();
  await pick("invite", "Invite people");
  await page.getByRole("dialog", { name: "Invite people" }).waitFor();
});
