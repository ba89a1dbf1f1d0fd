import { readFile } from "node:fs/promises";
import { appError } from "@vitrine/core/model/errors";
import { expect, test } from "vitest";
import { factorAnswers, RIGHT } from "./fake/second-factor.ts";
import { telling } from "./fake/telling.ts";
import { session } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, expectContrastInDark, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();

test("is turned on by a first code, and its recovery codes can be kept", async () => {
  await using open = await dashboard.open(
    "/settings/security",
    { ...answersOf(busyCafe()), ...factorAnswers() },
    { permissions: ["clipboard-read", "clipboard-write"], acceptDownloads: true },
  );
  const { page } = open;
  await page.getByText("It is off: whoever knows your password can sign in.").waitFor();
  await page.getByRole("button", { name: "Turn on" }).click();
  const dialog = page.getByRole("dialog", { name: "Turn on two-step sign-in" });
  await dialog.getByRole("img", { name: "QR code with the key" }).waitFor();
  await expect
    .poll(() => dialog.getByLabel("Key to type in").inputValue())
    .toBe("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP");
  await expectAccessible(page);
  await expectContrastInDark(page);
  const code = dialog.getByLabel("Code from your app");
  await code.fill("12");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await dialog.getByText("Enter the six digits that the app shows").waitFor();
  await code.fill("000000");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await dialog.getByText(/^This code is not right/).waitFor();
  await expect.poll(() => code.inputValue()).toBe("000000");
  await code.fill("123 456");
  await code.press("Enter");
  const kept = page.getByRole("dialog", { name: "Your recovery codes" });
  await kept.getByRole("listitem").nth(9).waitFor();
  await expectAccessible(page);
  await kept.getByRole("button", { name: "Copy all" }).click();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  expect(lines).toHaveLength(10);
  const downloading = page.waitForEvent("download");
  await kept.getByRole("button", { name: "Download" }).click();
  const file = await readFile(await (await downloading).path(), "utf8");
  expect(file).toContain("Recovery codes of mara@northlight.example");
  for (const line of lines) expect(file).toContain(line);
  await kept.getByRole("button", { name: "I have kept them" }).click();
  await page.getByText(/^On since /).waitFor();
  await page.getByText("10 recovery codes left").waitFor();
  expect(open.troubles).toEqual([]);
});

test("says when recovery codes run out, makes new ones, and is turned off", async () => {
  await using open = await dashboard.open("/settings/security", {
    ...answersOf(busyCafe()),
    ...factorAnswers({ isOn: true, recoveryCodesLeft: 3 }),
  });
  const { page } = open;
  await page.getByText("3 recovery codes left. Make new ones before they run out.").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "New recovery codes" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Make new codes" }).click();
  await page
    .getByRole("dialog", { name: "Your recovery codes" })
    .getByRole("button", { name: "I have kept them" })
    .click();
  await page.getByText("10 recovery codes left", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Turn off" }).click();
  const ask = page.getByRole("alertdialog", { name: "Turn two-step sign-in off?" });
  await expectAccessible(page);
  await ask.getByRole("button", { name: "Turn off" }).click();
  await page.getByText("It is off: whoever knows your password can sign in.").waitFor();
});

test("signing in goes on to the code, says a wrong one, and takes a recovery code in its place", async () => {
  let isIn = false;
  const answers = { ...answersOf(busyCafe()), ...factorAnswers({ isOn: true }) };
  await using open = await dashboard.open("/sign-in", {
    ...answers,
    "account.session": () => (isIn ? answers["account.session"]() : null),
    "account.signIn": () => ({ kind: "secondStep", expiresAt: "2026-11-24T09:00:00.000Z" }),
    "account.completeSignIn": ({ code }: { code: string }) => {
      if (code === "expired") throw appError("SECOND_STEP_EXPIRED");
      if (code !== "7Q2M-K4XN") throw appError("WRONG_CODE");
      isIn = true;
      return answers["account.session"]();
    },
  });
  const { page } = open;
  await page.getByLabel("E-mail").fill("mara@northlight.example");
  await page.getByLabel("Password", { exact: true }).fill("a long password");
  await page.keyboard.press("Enter");
  const code = page.getByLabel("Code from your app");
  await expect.poll(() => code.evaluate((one) => one === document.activeElement)).toBe(true);
  await expectAccessible(page);
  await expectContrastInDark(page);
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await page.getByText(/^This code is not right/).waitFor();
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  const recovery = page.getByLabel("Recovery code", { exact: true });
  await expect.poll(() => recovery.inputValue()).toBe("");
  await recovery.fill("expired");
  await recovery.press("Enter");
  await page.getByText("That took too long. Sign in again.").waitFor();
  await recovery.fill("7Q2M-K4XN");
  await recovery.press("Enter");
  await page.getByText("On the glass now").first().waitFor();
  expect(open.troubles).toEqual([]);
});

test("what is dangerous waits for the password and goes on with what was typed", async () => {
  const { told, answers } = telling("apiKeys.create");
  let isSteppedUp = false;
  const factor = factorAnswers({ isOn: true });
  const create = answers["apiKeys.create"] ?? (() => undefined);
  await using open = await dashboard.open("/settings/api-keys", {
    ...answers,
    ...factor,
    "apiKeys.create": (input: never) => {
      if (!isSteppedUp) throw appError("STEP_UP_REQUIRED");
      return create(input);
    },
    "account.stepUp": (input: Parameters<(typeof factor)["account.stepUp"]>[0]) => {
      const stepped = factor["account.stepUp"](input);
      isSteppedUp = true;
      return stepped;
    },
  });
  const { page } = open;
  await page.getByRole("button", { name: "Create key" }).first().click();
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await form.getByLabel("Name").fill("Stock display 2");
  await form.getByRole("checkbox").first().check();
  await form.getByRole("button", { name: "Create key" }).click();
  const ask = page.getByRole("dialog", { name: "Confirm that it is you" });
  const password = ask.getByLabel("Password", { exact: true });
  await expect.poll(() => password.evaluate((one) => one === document.activeElement)).toBe(true);
  await expectAccessible(page);
  await expectContrastInDark(page);

  await page.keyboard.press("Escape");
  await ask.waitFor({ state: "detached" });
  await form.getByText("Nothing was changed: confirm first that it is you.").waitFor();
  await expect.poll(() => form.getByLabel("Name").inputValue()).toBe("Stock display 2");
  await form.getByRole("button", { name: "Create key" }).click();

  await password.fill("wrong");
  await ask.getByLabel("Code from your app").fill(RIGHT.code);
  await page.keyboard.press("Enter");
  await ask.getByText("The current password is wrong.").waitFor();
  await password.fill(RIGHT.password);
  await page.keyboard.press("Enter");
  await ask.waitFor({ state: "detached" });
  await page.getByRole("dialog", { name: "Your new key" }).waitFor();
  await expect.poll(() => told).toMatchObject([{ name: "Stock display 2" }]);
  expect(open.troubles).toEqual([]);
});

test("an organization that asks for it shows nothing but the way to it", async () => {
  const view = session();
  await using open = await dashboard.open("/content", {
    ...answersOf(busyCafe()),
    ...factorAnswers({
      view: {
        ...view,
        organization: view.organization && { ...view.organization, isSecondFactorMissing: true },
      },
    }),
  });
  const { page } = open;
  await page.getByText(/^Northlight Cafés lets in only who signs in with two steps/).waitFor();
  await expect.poll(() => page.getByRole("navigation").count()).toBe(0);
  await page.getByRole("button", { name: "Go to Harbour School instead" }).waitFor();
  await expectAccessible(page);
  await expectContrastInDark(page);
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("dialog").getByLabel("Code from your app").fill(RIGHT.code);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByText("Winter menu").first().waitFor();
  expect(open.troubles).toEqual([]);
});

test("who asks it of others turns it on first", async () => {
  const { told, answers } = telling("organization.requireSecondFactor");
  await using open = await dashboard.open("/settings/organization", { ...answers, ...factorAnswers() });
  const { page } = open;
  const policy = page.getByRole("switch", { name: "Everybody needs two-step sign-in" });
  await page.getByText(/^Turn two-step sign-in on for yourself first/).waitFor();
  await expect.poll(() => policy.isDisabled()).toBe(true);
  open.server.answers = { ...answers, ...factorAnswers({ isOn: true }) };
  await page.reload();
  await policy.click();
  await page.getByText("Everybody needs two-step sign-in now").waitFor();
  await expect.poll(() => policy.isChecked()).toBe(true);
  await expect.poll(() => told).toEqual([{ isRequired: true }]);
  await expectAccessible(page);
});
