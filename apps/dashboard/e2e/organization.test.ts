import { join } from "node:path";
import { launchBrowser } from "@vitrine/harness/browser";
import { signUp } from "@vitrine/harness/person";
import { temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { expect, test } from "vitest";
import { openPage, press, reach } from "./keyboard.ts";
import { givePassword } from "./signing-in.ts";

test("at its own address an organization reads what was done in it, who may do what and what its plan holds; another's shows it nothing, all by keyboard alone on a window of 390", async () => {
  using folder = temporaryFolder();
  await using server = await startVitrine(join(folder.path, "server"), 0, {
    VITRINE_BASE_DOMAIN: "localhost",
  });
  const owner = await signUp(server.url, "Olga", "Corner Shop");
  await signUp(server.url, "Sven", "North Light");
  const [own, another] = ["corner-shop", "north-light"].map(
    (name) => `http://${name}.localhost:${server.port}`,
  );
  await using browser = await launchBrowser();
  const page = await openPage(browser);

  await page.goto(`${own}/settings/businesses`);
  await givePassword(page, owner.email, owner.password);
  await press(page, page.getByRole("button", { name: "New business" }).first());
  const dialog = page.getByRole("dialog");
  await reach(page, dialog.getByLabel("Name", { exact: true }));
  await page.keyboard.type("Harbour");
  await press(page, dialog.getByRole("button", { name: "Create business" }));
  await page.getByText("“Harbour” was made").first().waitFor();

  await page.goto(`${own}/settings/audit`);
  await press(page, page.getByRole("link", { name: /Olga made the business “Harbour”/ }));
  const event = page.getByRole("dialog", { name: "Details" });
  await event.getByText("127.0.0.1").waitFor();
  await page.keyboard.press("Escape");
  await event.waitFor({ state: "detached" });
  await press(page, page.getByRole("button", { name: "Verify" }));
  await page.getByText(/nothing was changed, removed or reordered/).waitFor();
  await press(page, page.getByRole("button", { name: "Download" }));
  const table = page.getByRole("menuitem", { name: "As a table (CSV)" });
  const downloaded = await table.evaluate(async (link: HTMLAnchorElement) => (await fetch(link.href)).text());
  expect(downloaded).toContain("businesses.create");
  await page.keyboard.press("Escape");

  await page.goto(`${own}/settings/rights`);
  await press(page, page.getByRole("region", { name: "Who can do what" }).getByRole("link").first());
  await page
    .getByRole("dialog", { name: /^Who may: / })
    .getByText("Olga")
    .waitFor();
  await page.goto(`${own}/settings/plan`);
  await page.getByText("Unlimited").waitFor();

  await page.goto(`${another}/settings/audit`);
  await givePassword(page, owner.email, owner.password);
  await page.getByRole("heading", { name: "Nothing for you at this address" }).waitFor();
  expect(await page.content()).not.toContain("North Light");
});
