import type { Page } from "playwright";
import { press, reach } from "./keyboard.ts";

/** Signs the person of this name out by the menu. */
export async function signOut(page: Page, name: string): Promise<void> {
  await press(page, page.getByRole("button", { name: `Account of ${name}` }));
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.getByLabel("E-mail").waitFor();
}

/** Gives address and password at the sign-in page. */
export async function givePassword(page: Page, email: string, password: string): Promise<void> {
  await reach(page, page.getByLabel("E-mail"));
  await page.keyboard.type(email);
  await reach(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
}

/** Gives a code where one is asked for. */
export async function giveCode(page: Page, label: string, code: string): Promise<void> {
  await reach(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
}
