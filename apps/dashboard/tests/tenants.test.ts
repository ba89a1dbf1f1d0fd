import { assetPage } from "@vitrine/core/model/asset";
import { appError } from "@vitrine/core/model/errors";
import { expect, test } from "vitest";
import { domainAnswers, domainOf } from "./fake/domains.ts";
import { telling } from "./fake/telling.ts";
import { minutesAgo, session } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, expectContrastInDark, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();

test("a domain is added as a browser shows it, its record is told, and it is verified and let go of", async () => {
  const { told, answers } = telling("domains.add");
  const rows: ReturnType<typeof domainOf>[] = [];
  const list = () => ({ subdomain: "https://northlight.signs.example", rows });
  let hasRecord = false;
  await using open = await dashboard.open("/settings/domains", {
    ...answers,
    "domains.list": list,
    "domains.add": ({ domain }: { domain: string }) => {
      told.push({ domain });
      rows.push(domainOf(domain));
      return rows[0];
    },
    "domains.verify": ({ domain }: { domain: string }) => {
      hasRecord = true;
      rows.splice(
        0,
        1,
        domainOf(domain, { state: "verified", verifiedAt: minutesAgo(0), checkedAt: minutesAgo(0) }),
      );
      return list();
    },
    "domains.remove": () => {
      rows.pop();
      return {};
    },
  });
  const { page } = open;
  await page.getByText("No domain of your own").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add domain" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add a domain" });
  const box = dialog.getByRole("textbox", { name: "Domain" });
  await box.fill("not a domain");
  await dialog.getByRole("button", { name: "Add domain" }).click();
  await dialog.getByText("Enter a domain such as signage.example.com").waitFor();
  await box.fill("https://Signage.Café.example/menu");
  await dialog.getByRole("button", { name: "Add domain" }).click();
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => told).toEqual([{ domain: "signage.xn--caf-dma.example" }]);
  await page.getByText("_vitrine.signage.xn--caf-dma.example").waitFor();
  await page.getByRole("button", { name: "Copy value" }).waitFor();
  await expectAccessible(page);
  await expectContrastInDark(page);
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await page.getByText("Verified", { exact: true }).waitFor();
  expect(hasRecord).toBe(true);
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("No domain of your own").waitFor();
  expect(open.troubles).toEqual([]);
});

test("a domain whose record is gone says until when it is trusted, at the width of a phone too", async () => {
  const trustedUntil = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const answers = {
    ...answersOf(busyCafe()),
    ...domainAnswers([
      domainOf("signage.northlight.example", {
        state: "missing",
        verifiedAt: minutesAgo(9000),
        trustedUntil,
      }),
      domainOf("old.northlight.example", { state: "lost", checkedAt: minutesAgo(5) }),
    ]),
  };
  await using open = await dashboard.open("/settings/domains", answers, {
    viewport: { width: 390, height: 800 },
  });
  const { page } = open;
  await page.getByText("Record gone").waitFor();
  await page.getByText(/^The record is not there any more\. Until/).waitFor();
  await page.getByText("No longer trusted").waitFor();
  await expectAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test("whose addresses belong here and how long sessions last is chosen, and members outside are found", async () => {
  const { told, answers } = telling("organization.setSecurity");
  const asked: unknown[] = [];
  await using open = await dashboard.open("/settings/organization", {
    ...answers,
    "members.list": (input: never) => {
      asked.push(input);
      return answers["members.list"]?.(input);
    },
  });
  const { page } = open;
  const section = page.getByRole("region", { name: "People and sessions" });
  const box = section.getByRole("textbox", { name: "E-mail addresses" });
  await box.pressSequentially("@Northlight.example nonsense ");
  await section.getByText("“nonsense” is no domain.").waitFor();
  await section.getByRole("button", { name: "Remove nonsense" }).click();
  await section.getByRole("combobox", { name: "Sign in again after", exact: true }).click();
  await page.getByRole("option", { name: "8 hours" }).click();
  await section.getByRole("combobox", { name: "Sign in again after not being here for" }).click();
  await page.getByRole("option", { name: "30 minutes" }).click();
  await expectAccessible(page);
  await section.getByRole("button", { name: "Save" }).click();
  await page.getByText("Who may get in was changed").waitFor();
  await expect
    .poll(() => told)
    .toEqual([{ allowedEmailDomains: ["northlight.example"], sessionHours: 8, sessionIdleMinutes: 30 }]);
  await section.getByRole("link", { name: "Show them" }).click();
  await page.getByRole("button", { name: "With other addresses" }).waitFor();
  expect(asked.at(-1)).toMatchObject({ isOutside: true });
});

test("at an organization's address the sign-in page is its own, in its colour, and offers no account of one's own", async () => {
  const answers = {
    ...answersOf(busyCafe()),
    "account.session": () => null,
    "organization.atAddress": () => ({
      isBound: true,
      branding: { name: "Northlight Cafés", brandColor: "#b4322a", logoUrl: "/media/3.svg" },
    }),
  };
  await using open = await dashboard.open("/", answers);
  const { page } = open;
  await page.getByText("To the screens of Northlight Cafés.").waitFor();
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  await expect.poll(() => page.getByRole("link", { name: "Create an account" }).count()).toBe(0);
  const accent = () => page.evaluate(() => document.documentElement.style.getPropertyValue("--brand-accent"));
  await expect.poll(accent).toContain("#b4322a");
  await expectAccessible(page);
  await expectContrastInDark(page);
});

test("who does not belong to it is told one thing and can sign out", async () => {
  let isIn = true;
  const answers = {
    ...answersOf(busyCafe()),
    "account.session": () =>
      isIn ? { ...session(), organization: null, isBound: true, isUnavailable: true } : null,
    "account.signOut": () => {
      isIn = false;
      return {};
    },
    "organization.atAddress": () => ({ isBound: true, branding: null }),
  };
  await using open = await dashboard.open("/content", answers);
  const { page } = open;
  await page.getByRole("heading", { name: "Nothing for you at this address" }).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("a session that is too old asks for the password, and everything is there again", async () => {
  const old = session([]);
  let isOld = true;
  const told: unknown[] = [];
  const answers = {
    ...answersOf(busyCafe()),
    "account.session": () =>
      isOld && old.organization
        ? { ...old, organization: { ...old.organization, mustSignInAgain: true } }
        : session(),
    "account.stepUp": (input: never) => {
      told.push(input);
      isOld = false;
      return session();
    },
  };
  await using open = await dashboard.open("/content", answers);
  const { page } = open;
  await page.getByRole("heading", { name: "Is it still you?" }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await dialog.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.keyboard.press("Enter");
  await page.getByText("Winter menu").first().waitFor();
  await expect.poll(() => told).toEqual([{ password: "correct horse battery" }]);
});

test("a stream that is cut as the session is too old asks over the page, which keeps what was typed, and goes on", async () => {
  const cafe = busyCafe();
  const now = session();
  let isOld = false;
  let lists = 0;
  let name = cafe.assets[0]?.name ?? "";
  const answers = answersOf(cafe);
  await using open = await dashboard.open(`/content?asset=${cafe.assets[1]?.id}`, {
    ...answers,
    "account.session": () =>
      isOld && now.organization
        ? { ...now, organization: { ...now.organization, mustSignInAgain: true, permissions: [] } }
        : now,
    "account.stepUp": () => {
      isOld = false;
      return now;
    },
    "assets.list": async (input: never) => {
      lists += 1;
      const page = assetPage.parse(await answers["assets.list"]?.(input));
      return {
        ...page,
        rows: page.rows.map((row) => (row.id === cafe.assets[0]?.id ? { ...row, name } : row)),
      };
    },
  });
  const { page, server } = open;
  const field = page.getByRole("textbox", { name: "Name", exact: true });
  await field.fill("Half a name");
  isOld = true;
  server.cut(appError("SIGN_IN_AGAIN"));
  const gate = page.getByRole("dialog", { name: "Is it still you?" });
  await gate.waitFor();
  await expectAccessible(page);
  await expectContrastInDark(page);
  await page.keyboard.press("Escape");
  await gate.getByRole("button", { name: "Go on" }).click();
  const listsBefore = lists;
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.keyboard.press("Enter");
  await gate.waitFor({ state: "detached" });
  expect(await field.inputValue()).toBe("Half a name");
  await expect.poll(() => lists).toBeGreaterThan(listsBefore);
  name = "Told of by the stream";
  server.tell({ kind: "reset" });
  await page.getByText(name).first().waitFor();
  expect(open.troubles).toEqual([]);
});

test("the dashboard bears the organization's colour and logo", async () => {
  const own = session();
  const answers = {
    ...answersOf(busyCafe()),
    "account.session": () =>
      own.organization && {
        ...own,
        organization: { ...own.organization, brandColor: "#ffd60a", hasLogo: true },
      },
  };
  await using open = await dashboard.open("/settings/organization", answers);
  const { page } = open;
  const sign = page.getByRole("button", { name: /Northlight Cafés/ }).locator("img");
  await sign.waitFor();
  const accent = () => page.evaluate(() => document.documentElement.style.getPropertyValue("--brand-accent"));
  await expect.poll(accent).toMatch(/^light-dark\(#[0-9a-f]{6}, #ffd60a\)$/);
  await expectAccessible(page);
  await expectContrastInDark(page);
});

test("without a mail server the dialog that invites says that links are to be handed over", async () => {
  const answers = { ...answersOf(busyCafe()), "account.session": () => ({ ...session(), sendsMail: false }) };
  await using open = await dashboard.open("/settings/people?invite=true", answers);
  const dialog = open.page.getByRole("dialog", { name: "Invite people" });
  await dialog.getByText(/^This server has no mail server, so nobody is sent anything/).waitFor();
  await dialog.getByRole("button", { name: "Make invitations" }).waitFor();
});
