import { join } from "node:path";
import { codeOf } from "@vitrine/api/internal/testing/authenticator";
import { launchBrowser } from "@vitrine/harness/browser";
import { startMailServer } from "@vitrine/harness/mail-server";
import { makeApi, signUp } from "@vitrine/harness/person";
import { temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import type { Page } from "playwright";
import { expect, test } from "vitest";
import { openPage, press, reach } from "./keyboard.ts";
import { giveCode, givePassword, signOut } from "./signing-in.ts";

test("invited, joined, with a second factor, in two organizations, made more, limited to a business and removed, all by keyboard alone on a window of 390", async () => {
  using folder = temporaryFolder();
  await using mails = await startMailServer();
  await using server = await startVitrine(join(folder.path, "server"), 0, {
    VITRINE_SMTP_URL: mails.url,
    VITRINE_MAIL_FROM: "Vitrine <signage@example.com>",
  });
  const owner = await signUp(server.url, "Olga", "Corner Shop");
  const asked = await mails.receive(owner.email, "Confirm");
  const token = /\/confirm-email#(\S+)/.exec(asked.text ?? "")?.[1] ?? "";
  await makeApi(server.url, { cookie: "" }).account.confirmEmail.mutate({ token });
  await using browser = await launchBrowser();
  const page = await openPage(browser);
  const [name = "", value = ""] = owner.cookie.split("=");
  await page.context().addCookies([{ name, value, url: server.url }]);
  await page.goto(`${server.url}/settings/people`);

  await press(page, page.getByRole("button", { name: "Invite people" }).first());
  const dialog = page.getByRole("dialog");
  await reach(page, dialog.getByLabel("E-mail addresses"));
  await page.keyboard.type("nina@example.com");
  await press(page, dialog.getByRole("button", { name: "Send invitations" }));
  await page.getByText("1 invited").first().waitFor();
  await page.getByText("Message sent").waitFor({ timeout: 20_000 });

  const mail = await mails.receive("nina@example.com");
  expect(mail).toMatchObject({ from: { address: "signage@example.com" } });
  expect(mail.subject).toContain("Corner Shop");
  const link = /http\S+\/invitation#\S+/.exec(mail.text ?? "")?.[0] ?? "";
  const newcomer = await openPage(browser);
  await newcomer.goto(link);
  await newcomer.getByRole("heading", { name: "Join Corner Shop" }).waitFor();
  expect(newcomer.url()).not.toContain("#");
  await reach(newcomer, newcomer.getByLabel("Name"));
  await newcomer.keyboard.type("Nina");
  await reach(newcomer, newcomer.getByLabel("Password", { exact: true }));
  await newcomer.keyboard.type("a long password");
  await newcomer.keyboard.press("Enter");
  await newcomer.getByRole("heading", { level: 1 }).filter({ hasNotText: "Join" }).waitFor();
  expect(new URL(newcomer.url()).pathname).toBe("/");

  await newcomer.goto(`${server.url}/settings/security`);
  await press(newcomer, newcomer.getByRole("button", { name: "Turn on" }));
  const factor = newcomer.getByRole("dialog");
  const key = (await factor.getByLabel("Key to type in").inputValue()).replaceAll(" ", "");
  await giveCode(newcomer, "Code from your app", codeOf(key));
  await press(newcomer, newcomer.getByRole("button", { name: "I have kept them" }));
  await newcomer.getByText("10 recovery codes left").waitFor();
  await signOut(newcomer, "Nina");
  await givePassword(newcomer, "nina@example.com", "a long password");
  await giveCode(newcomer, "Code from your app", codeOf(key, 1));

  const [shop, own] = ["Corner Shop", "Ninas Own"].map((called) =>
    newcomer.getByRole("button", { name: `Organization: ${called}` }),
  );
  if (!shop || !own) throw new Error("Two organizations were named");
  await press(newcomer, shop);
  await newcomer.getByRole("menuitem", { name: "New organization" }).waitFor();
  await newcomer.keyboard.press("End");
  await newcomer.keyboard.press("Enter");
  await reach(newcomer, newcomer.getByRole("dialog").getByLabel("Organization"));
  await newcomer.keyboard.type("Ninas Own");
  await newcomer.keyboard.press("Enter");
  await press(newcomer, own);
  await newcomer.getByRole("menuitemradio", { name: "Corner Shop" }).waitFor();
  await newcomer.keyboard.type("Corner");
  await newcomer.keyboard.press("Enter");
  await shop.waitFor();

  const late = await openPage(browser);
  await late.goto(link);
  await late.getByText("This invitation is no longer good").waitFor();

  const role = page.getByRole("combobox", { name: "Role of Nina" });
  await reach(page, role);
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: /Manager/ }).waitFor();
  await page.keyboard.type("Manager");
  await page.keyboard.press("Enter");
  await page.getByText("Nina is Manager now").first().waitFor();

  const harbour = await owner.api.businesses.create.mutate({ name: "Harbour" });
  for (const [called, businessId] of [
    ["Harbour news", harbour.id],
    ["News of all", null],
  ] as const)
    await owner.api.assets.createWeb.mutate({ name: called, url: "https://example.com/", businessId });
  await newcomer.goto(`${server.url}/content`);
  for (const called of ["Harbour news", "News of all"]) await newcomer.getByText(called).first().waitFor();
  await page.reload();
  await choose(page, "Limit to businesses");
  const sees = page.getByRole("dialog").getByRole("radio", { name: /^Only some businesses/ });
  await reach(page, page.getByRole("dialog").getByRole("radio", { name: /^Everything/ }));
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => sees.isChecked()).toBe(true);
  await reach(page, page.getByRole("dialog").getByRole("checkbox", { name: "Harbour" }));
  await page.keyboard.press("Space");
  await press(page, page.getByRole("dialog").getByRole("button", { name: "Save" }));
  await page.getByText("What Nina sees was changed").first().waitFor();
  await newcomer.getByText("News of all").first().waitFor({ state: "detached" });
  await newcomer.getByText("Harbour news").first().waitFor();
  await expect
    .poll(() => newcomer.getByRole("button", { name: "Organization: Corner Shop" }).textContent())
    .toContain("Harbour");

  await press(page, page.getByRole("button", { name: "More for Nina" }));
  await page.getByRole("menuitem", { name: "Remove from organization" }).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.getByText("nina@example.com").first().waitFor({ state: "detached" });
  await newcomer.reload();
  await own.waitFor();
});

/** Opens Nina's menu and takes the choice that begins so. */
async function choose(page: Page, choice: string): Promise<void> {
  await press(page, page.getByRole("button", { name: "More for Nina" }));
  await page.getByRole("menuitem", { name: choice }).waitFor();
  await page.keyboard.type(choice);
  await page.keyboard.press("Enter");
}
