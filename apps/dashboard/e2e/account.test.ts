import { join } from "node:path";
import { launchBrowser } from "@vitrine/harness/browser";
import { startMailServer } from "@vitrine/harness/mail-server";
import { signUp } from "@vitrine/harness/person";
import { temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { expect, test } from "vitest";
import { openPage, press, reach } from "./keyboard.ts";

const PASSWORD = "a password of my own";

test("a forgotten password is set anew by its link, once, and the sessions of before are over, by keyboard alone", async () => {
  using folder = temporaryFolder();
  await using mails = await startMailServer();
  await using server = await startVitrine(join(folder.path, "server"), 0, {
    VITRINE_SMTP_URL: mails.url,
    VITRINE_MAIL_FROM: "Vitrine <signage@example.com>",
  });
  const owner = await signUp(server.url, "Olga", "Corner Shop");
  const verifying = await mails.receive(owner.email, "Confirm");
  await using browser = await launchBrowser();

  const before = await openPage(browser);
  const [name = "", value = ""] = owner.cookie.split("=");
  await before.context().addCookies([{ name, value, url: server.url }]);
  await before.goto(`${server.url}/settings/security`);
  await before.getByText("This browser").waitFor();
  await before.getByText(/^Confirm that/).waitFor();

  const confirming = await openPage(browser);
  await confirming.goto(/http\S+\/confirm-email#\S+/.exec(verifying.text ?? "")?.[0] ?? "");
  await press(confirming, confirming.getByRole("button", { name: "This is my address" }));
  await confirming.getByText("Address confirmed").waitFor();

  const page = await openPage(browser);
  await page.goto(`${server.url}/sign-in`);
  await press(page, page.getByRole("link", { name: "Forgot your password?" }));
  await reach(page, page.getByLabel("E-mail"));
  await page.keyboard.type(owner.email);
  await page.keyboard.press("Enter");
  await page.getByText(`If there is an account for ${owner.email}`).waitFor();

  const mail = await mails.receive(owner.email, "new password");
  const link = /http\S+\/reset-password#\S+/.exec(mail.text ?? "")?.[0] ?? "";
  await page.goto(link);
  await page.getByRole("heading", { name: "Set a new password" }).waitFor();
  expect(page.url()).not.toContain("#");
  await reach(page, page.getByLabel("New password", { exact: true }));
  await page.keyboard.type("password");
  await page.keyboard.press("Enter");
  await page.getByText("on the lists that attackers try first").waitFor();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your password is set" }).waitFor();

  await before.reload();
  await before.getByRole("heading", { name: "Sign in" }).waitFor();
  const late = await openPage(browser);
  await late.goto(link);
  await late.getByRole("heading", { name: "This link is no longer good" }).waitFor();

  await press(page, page.getByRole("link", { name: "Sign in" }));
  await reach(page, page.getByLabel("E-mail"));
  await page.keyboard.type(owner.email);
  await reach(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Account of Olga" }).waitFor();
  await page.goto(`${server.url}/settings/security`);
  await page.getByText("Your password was set by a link").waitFor();
  await expect.poll(() => page.getByText(/^Confirm that/).count()).toBe(0);
  const told = await mails.receive(owner.email, "new browser");
  expect(told.text).toContain("/settings/security");
});
