import { join } from "node:path";
import { launchBrowser } from "@vitrine/harness/browser";
import { startMailServer } from "@vitrine/harness/mail-server";
import { makeApi, signUp } from "@vitrine/harness/person";
import { temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { expect, test } from "vitest";
import { openPage, press, reach } from "./keyboard.ts";

test("invited, joined, made more and removed, all by keyboard alone on a window of 390", async () => {
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

  await press(page, page.getByRole("button", { name: "More for Nina" }));
  await page.getByRole("menuitem", { name: "Remove from organization" }).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.getByText("nina@example.com").first().waitFor({ state: "detached" });
  await newcomer.reload();
  await newcomer.getByText("Create an organization").first().waitFor();
});
