import { join } from "node:path";
import { codeOf } from "@vitrine/api/internal/testing/authenticator";
import { launchBrowser } from "@vitrine/harness/browser";
import { signUp } from "@vitrine/harness/person";
import { openEmbedded } from "@vitrine/harness/plays";
import { temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import type { Page } from "playwright";
import { expect, test } from "vitest";
import { openPage, press, reach } from "./keyboard.ts";
import { giveCode, givePassword, signOut } from "./signing-in.ts";

test("a second factor is turned on, asked for at sign-in and before an API key, by keyboard alone on a window of 390", async () => {
  using folder = temporaryFolder();
  const dataDir = join(folder.path, "server");
  await using server = await startVitrine(dataDir);
  const { cookie, email, password } = await signUp(server.url, "Fay", "Corner Shop");
  await using browser = await launchBrowser();
  const page = await openPage(browser);
  const [name = "", value = ""] = cookie.split("=");
  await page.context().addCookies([{ name, value, url: server.url }]);
  await page.goto(`${server.url}/settings/security`);

  await press(page, page.getByRole("button", { name: "Turn on" }));
  const dialog = page.getByRole("dialog");
  const key = (await dialog.getByLabel("Key to type in").inputValue()).replaceAll(" ", "");
  await reach(page, dialog.getByLabel("Code from your app"));
  await page.keyboard.type(codeOf(key));
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Your recovery codes" }).waitFor();
  const recoveryCodes = await page.getByRole("dialog").getByRole("listitem").allInnerTexts();
  await press(page, page.getByRole("button", { name: "I have kept them" }));
  await page.getByText("10 recovery codes left").waitFor();

  const taken = codeOf(key, 1);
  await signOut(page, "Fay");
  await givePassword(page, email, password);
  await giveCode(page, "Code from your app", taken);
  await page.getByRole("button", { name: "Account of Fay" }).waitFor();

  await signOut(page, "Fay");
  await givePassword(page, email, password);
  await giveCode(page, "Code from your app", taken);
  await page.getByText(/^This code is not right/).waitFor();
  await press(page, page.getByRole("button", { name: "Use a recovery code" }));
  await giveCode(page, "Recovery code", recoveryCodes[0] ?? "");
  await page.getByRole("button", { name: "Account of Fay" }).waitFor();

  await signOut(page, "Fay");
  await givePassword(page, email, password);
  await press(page, page.getByRole("button", { name: "Use a recovery code" }));
  await giveCode(page, "Recovery code", recoveryCodes[0] ?? "");
  await page.getByText(/^This code is not right/).waitFor();
  await page.keyboard.press("ControlOrMeta+a");
  await giveCode(page, "Recovery code", recoveryCodes[1] ?? "");
  await page.getByRole("button", { name: "Account of Fay" }).waitFor();

  await page.goto(`${server.url}/settings/api-keys`);
  await page.getByRole("button", { name: "Create key" }).first().waitFor();
  const sql = openEmbedded(dataDir);
  await sql`update system.sessions set stepped_up_at = now() - interval '1 hour'`;
  await sql.end();
  await expect.poll(() => tryNothing(page), { timeout: 20_000 }).toContain("STEP_UP_REQUIRED");
  await press(page, page.getByRole("button", { name: "Create key" }).first());
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await reach(page, form.getByLabel("Name"));
  await page.keyboard.type("Stock display");
  await reach(page, form.getByRole("checkbox").first());
  await page.keyboard.press("Space");
  await press(page, form.getByRole("button", { name: "Create key" }));
  const ask = page.getByRole("dialog", { name: "Confirm that it is you" });
  await reach(page, ask.getByLabel("Password", { exact: true }));
  await page.keyboard.type(password);
  await press(page, ask.getByRole("button", { name: "Use a recovery code" }));
  await reach(page, ask.getByLabel("Recovery code", { exact: true }));
  await page.keyboard.type(recoveryCodes[2] ?? "");
  await page.keyboard.press("Enter");
  await page
    .getByText(/vtr_\w{4}/)
    .or(page.locator('input[value^="vtr_"]'))
    .first()
    .waitFor();
  await page.goto(`${server.url}/settings/security`);
  await page.getByText("7 recovery codes left").waitFor();
});

/** What the server says to an attempt at a key that could not be made in any case. */
function tryNothing(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    const response = await fetch("/trpc/apiKeys.create", { method: "POST", headers, body: "{}" });
    return response.text();
  });
}
