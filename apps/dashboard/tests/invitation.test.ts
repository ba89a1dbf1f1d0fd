import type { SessionView } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import { expect, test } from "vitest";
import { OPENED } from "./fake/people.ts";
import { session } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();
const TOKEN = "s3cret-Of-An_Invitation";
const PATH = `/invitation#${TOKEN}`;

/** Petra, once she is in. */
function petra(): SessionView {
  return { ...session(), user: { ...session().user, name: "Petra", email: OPENED.email } };
}

/** A server with an invitation for Petra, which keeps what it was told. */
function world({
  signedIn = null,
  hasAccount = false,
}: {
  signedIn?: SessionView | null;
  hasAccount?: boolean;
}) {
  const told: [call: string, input: unknown][] = [];
  let current = signedIn;
  const entering = (call: string) => (input: unknown) => {
    told.push([call, input]);
    current = petra();
    return current;
  };
  return {
    told,
    answers: {
      ...answersOf(busyCafe()),
      "account.session": () => current,
      "account.signIn": (input: unknown) => ({ kind: "signedIn", session: entering("signIn")(input) }),
      "account.signOut": () => {
        current = null;
        return {};
      },
      "invitations.open": (input: unknown) => {
        told.push(["open", input]);
        return { ...OPENED, hasAccount };
      },
      "invitations.acceptAsNew": entering("acceptAsNew"),
      "invitations.accept": entering("accept"),
    },
  };
}

test("a newcomer makes an account and is in, and the secret stands in no address", async () => {
  const { told, answers } = world({});
  await using open = await dashboard.open(PATH, answers);
  const { page } = open;
  await page.getByRole("heading", { name: "Join Northlight Cafés" }).waitFor();
  await page.getByText("Mara Lindqvist invites petra@northlight.example.").waitFor();
  await page.getByText("Manager at Northlight Cafés").waitFor();
  expect(page.url()).toBe(`${open.server.url}/invitation`);
  await page.getByLabel("Your name").fill("Petra");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("At least 8 characters").waitFor();
  await expectAccessible(page);
  await page.getByLabel("Password", { exact: true }).fill("winter-menu-2026");
  await page.keyboard.press("Enter");
  await page.getByText("On the glass now").waitFor();
  await page.getByRole("button", { name: "Account of Petra" }).waitFor();
  const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  expect(asked.filter((address) => address.includes(TOKEN))).toEqual([]);
  await expect
    .poll(() => told)
    .toEqual([
      ["open", { token: TOKEN }],
      ["acceptAsNew", { token: TOKEN, name: "Petra", password: "winter-menu-2026" }],
    ]);
  expect(open.troubles).toEqual([]);
});

test("somebody with an account signs in and is in; a wrong password is told", async () => {
  const { told, answers } = world({ hasAccount: true });
  await using open = await dashboard.open(PATH, {
    ...answers,
    "account.signIn": () => Promise.reject(appError("WRONG_CREDENTIALS")),
  });
  const { page, server } = open;
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("E-mail or password is wrong.").waitFor();
  await expect.poll(() => password.inputValue()).toBe("wrong");
  server.answers = answers;
  await password.fill("winter-menu-2026");
  await page.getByRole("button", { name: "Sign in and join" }).click();
  await page.getByText("On the glass now").waitFor();
  await expect
    .poll(() => told)
    .toEqual([
      ["open", { token: TOKEN }],
      ["signIn", { email: OPENED.email, password: "winter-menu-2026" }],
      ["accept", { token: TOKEN }],
    ]);
});

test("whoever is signed in with the address joins with one press, also at the second try", async () => {
  const { told, answers } = world({ signedIn: petra(), hasAccount: true });
  await using open = await dashboard.open(PATH, {
    ...answers,
    "invitations.accept": () => Promise.reject(appError("INTERNAL")),
  });
  const { page, server } = open;
  await page.getByText("You are signed in as Petra (petra@northlight.example).").waitFor();
  await page.getByRole("button", { name: "Join Northlight Cafés" }).click();
  await page
    .getByRole("alert")
    .getByText(/^Request req-\d+$/)
    .waitFor();
  await expectAccessible(page);
  server.answers = answers;
  await page.getByRole("button", { name: "Join Northlight Cafés" }).click();
  await page.getByText("On the glass now").waitFor();
  await expect
    .poll(() => told)
    .toEqual([
      ["open", { token: TOKEN }],
      ["accept", { token: TOKEN }],
    ]);
});

test("somebody else is told so, signs out and goes on", async () => {
  const { answers } = world({ signedIn: session(), hasAccount: true });
  await using open = await dashboard.open(PATH, answers);
  const { page } = open;
  await page
    .getByText(
      "The invitation is for petra@northlight.example. You are signed in as mara@northlight.example.",
    )
    .waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Join Northlight Cafés" }).count()).toBe(0);
  await page.getByRole("button", { name: "Sign out and go on" }).click();
  await page.getByLabel("Password", { exact: true }).fill("winter-menu-2026");
  await page.keyboard.press("Enter");
  await page.getByText("On the glass now").waitFor();
});

test("an invitation that is no longer good says so and what to do, and so does one that ends meanwhile", async () => {
  const { answers } = world({});
  const refuse = () => Promise.reject(appError("INVITATION_INVALID"));
  await using open = await dashboard.open(PATH, { ...answers, "invitations.open": refuse });
  const { page, server } = open;
  const gone = page.getByRole("heading", { name: "This invitation is no longer good" });
  await gone.waitFor();
  await page.getByText(/Ask whoever invited you for a new one/).waitFor();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();

  server.answers = { ...answers, "invitations.acceptAsNew": refuse };
  await page.goto(server.url + PATH);
  await page.getByLabel("Your name").fill("Petra");
  await page.getByLabel("Password", { exact: true }).fill("winter-menu-2026");
  server.answers = { ...server.answers, "invitations.open": refuse };
  await page.keyboard.press("Enter");
  await gone.waitFor();
});

test("a newcomer who has made an account meanwhile is asked to sign in", async () => {
  const { answers } = world({});
  await using open = await dashboard.open(PATH, {
    ...answers,
    "invitations.acceptAsNew": () => Promise.reject(appError("EMAIL_TAKEN")),
  });
  const { page, server } = open;
  await page.getByLabel("Your name").fill("Petra");
  await page.getByLabel("Password", { exact: true }).fill("winter-menu-2026");
  server.answers = { ...server.answers, "invitations.open": () => ({ ...OPENED, hasAccount: true }) };
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Sign in and join" }).waitFor();
});

test("an invitation is shaped while it loads, says what went wrong, and recovers", async () => {
  const { answers } = world({});
  const first = Promise.withResolvers<never>();
  await using open = await dashboard.open(PATH, { ...answers, "invitations.open": () => first.promise });
  const { page, server } = open;
  await page.getByRole("status").getByText("Loading").waitFor({ state: "attached" });
  await expectAccessible(page);
  first.reject(appError("NOT_FOUND"));
  await page
    .getByRole("alert")
    .getByText(/^Request req-\d+$/)
    .waitFor();
  await expectAccessible(page);
  server.answers = answers;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "Join Northlight Cafés" }).waitFor();
});

test("a page loaded anew has forgotten the secret and says to open the link again, which then works", async () => {
  const { answers } = world({});
  await using open = await dashboard.open(PATH, answers);
  const { page } = open;
  const offer = page.getByRole("heading", { name: "Join Northlight Cafés" });
  await offer.waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Open your invitation again" }).waitFor();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, TOKEN);
  await offer.waitFor();
  expect(page.url()).toBe(`${open.server.url}/invitation`);
});
