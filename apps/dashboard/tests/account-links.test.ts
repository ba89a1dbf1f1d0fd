import { appError } from "@vitrine/core/model/errors";
import { expect, test } from "vitest";
import { OPENED_LINK } from "./fake/account.ts";
import { session } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();
const TOKEN = "s3cret-Of-A_Link";
const guest = { ...answersOf(busyCafe()), "account.session": () => null };
const refuse = () => Promise.reject(appError("LINK_INVALID"));

test("who forgot their password has a link sent, and reads the same whether there is an account or not", async () => {
  const told: unknown[] = [];
  await using open = await dashboard.open("/sign-in", {
    ...guest,
    "account.requestPasswordReset": (input: unknown) => {
      told.push(input);
      return {};
    },
  });
  const { page, server } = open;
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("E-mail").fill("not an address");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Not an e-mail address").waitFor();
  await expectAccessible(page);
  await page.getByLabel("E-mail").fill("mara@northlight.example");
  await page.keyboard.press("Enter");
  await page.getByText("If there is an account for mara@northlight.example, a message").waitFor();
  await expectAccessible(page);
  await expect.poll(() => told).toEqual([{ email: "mara@northlight.example" }]);
  server.answers = {
    ...guest,
    "account.requestPasswordReset": () =>
      Promise.reject(appError("TOO_MANY_REQUESTS", { retryAfterSeconds: 120 })),
  };
  await page.getByRole("button", { name: "Ask again" }).click();
  await page.getByLabel("E-mail").fill("mara@northlight.example");
  await page.keyboard.press("Enter");
  await page.getByText("That was too often. Try again in 120 s.").waitFor();
  expect(open.troubles).toEqual([]);
});

test("a link sets a password; the secret stands in no address, and a password that is guessed first is refused at its field", async () => {
  const told: unknown[] = [];
  const answers = {
    ...guest,
    "account.openPasswordReset": () => OPENED_LINK,
    "account.resetPassword": ({ token, password }: { token: string; password: string }) => {
      told.push({ token, password });
      if (password === "password") throw appError("PASSWORD_UNSAFE", { reason: "common" });
      return {};
    },
  };
  await using open = await dashboard.open(`/reset-password#${TOKEN}`, answers);
  const { page } = open;
  await page.getByRole("heading", { name: "Set a new password" }).waitFor();
  expect(page.url()).toBe(`${open.server.url}/reset-password`);
  await expect.poll(() => page.getByLabel("E-mail").inputValue()).toBe(OPENED_LINK.email);
  const password = page.getByLabel("New password", { exact: true });
  await password.fill("password");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("on the lists that attackers try first").waitFor();
  await expect.poll(() => password.inputValue()).toBe("password");
  await expectAccessible(page);
  await password.fill("a long new password");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your password is set" }).waitFor();
  await expectAccessible(page);
  expect(told.at(-1)).toEqual({ token: TOKEN, password: "a long new password" });
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(open.troubles).toEqual([]);
});

test.each([
  ["/reset-password", "account.openPasswordReset", "Ask for a new link"],
  ["/confirm-email", "account.openEmailLink", "Sign in"],
])(
  "%s is shaped while it loads, recovers, and says what to do when it is no longer good",
  async (path, call, way) => {
    const first = Promise.withResolvers<never>();
    await using open = await dashboard.open(`${path}#${TOKEN}`, { ...guest, [call]: () => first.promise });
    const { page, server } = open;
    await page.getByRole("status").getByText("Loading").waitFor({ state: "attached" });
    await expectAccessible(page);
    first.reject(appError("NOT_FOUND"));
    await page
      .getByRole("alert")
      .getByText(/^Request req-\d+$/)
      .waitFor();
    await expectAccessible(page);
    server.answers = { ...guest, [call]: refuse };
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "This link is no longer good" }).waitFor();
    await page.getByRole("link", { name: way }).waitFor();
    await expectAccessible(page);
  },
);

test("a link that ends while its page is open says so", async () => {
  await using open = await dashboard.open(`/reset-password#${TOKEN}`, {
    ...guest,
    "account.openPasswordReset": () => OPENED_LINK,
    "account.resetPassword": refuse,
  });
  await open.page.getByLabel("New password", { exact: true }).fill("a long new password");
  await open.page.keyboard.press("Enter");
  await open.page.getByRole("heading", { name: "This link is no longer good" }).waitFor();
});

test("an address is confirmed by a press and not by opening the link, which a mail program may do", async () => {
  const told: string[] = [];
  const answers = {
    ...guest,
    "account.openEmailLink": () => {
      told.push("open");
      return OPENED_LINK;
    },
    "account.confirmEmail": () => {
      told.push("confirm");
      return { email: OPENED_LINK.email };
    },
  };
  await using open = await dashboard.open(`/confirm-email#${TOKEN}`, answers);
  const { page } = open;
  const confirm = page.getByRole("button", { name: "This is my address" });
  await confirm.waitFor();
  await expect.poll(() => told).toEqual(["open"]);
  open.server.answers = { ...answers, "account.confirmEmail": () => Promise.reject(appError("EMAIL_TAKEN")) };
  await confirm.click();
  await page.getByText("There is an account with this e-mail already.").waitFor();
  await expectAccessible(page);
  open.server.answers = answers;
  await confirm.click();
  await page.getByRole("heading", { name: "Address confirmed" }).waitFor();
  await expect.poll(() => told).toEqual(["open", "confirm"]);
  expect(open.troubles).toEqual([]);
});

test("who has not confirmed their address is asked to on each page, until it is done, and may have the link sent again", async () => {
  const answers = {
    ...answersOf(busyCafe()),
    "account.session": () => ({ ...session(), mustVerifyEmail: true }),
  };
  const late = () => Promise.reject(appError("TOO_MANY_REQUESTS", { retryAfterSeconds: 600 }));
  await using open = await dashboard.open("/content", { ...answers, "account.sendVerification": late });
  const { page, server } = open;
  await page.getByText(/^Confirm that mara@northlight.example is yours/).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByText("That was too often. Try again in 600 s.").first().waitFor();
  server.answers = answers;
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByText("Sent to mara@northlight.example. Look in your mailbox.").waitFor();
  server.answers = answersOf(busyCafe());
  await page.reload();
  await page.getByText("Winter menu").first().waitFor();
  await expect.poll(() => page.getByText(/is yours/).count()).toBe(0);
});

test("a new address asks for the password, and says what happens next", async () => {
  await using open = await dashboard.open("/settings/account", answersOf(busyCafe()));
  const { page } = open;
  const form = page.getByRole("region", { name: "E-mail" });
  await form.getByLabel("New address").fill("mara@harbour.example");
  await form.getByLabel("Current password", { exact: true }).fill("wrong");
  await form.getByRole("button", { name: "Change address" }).click();
  await form.getByRole("alert").getByText("The current password is wrong.").waitFor();
  await form.getByLabel("Current password", { exact: true }).fill("winter-menu-2026");
  await form.getByRole("button", { name: "Change address" }).click();
  await page.getByText("A link is on its way to mara@harbour.example").first().waitFor();
  await expect.poll(() => form.getByLabel("New address").inputValue()).toBe("");
  expect(open.troubles).toEqual([]);
});

test("a session is ended by a press, and all others after asking", async () => {
  await using open = await dashboard.open("/settings/security", answersOf(busyCafe()));
  const { page } = open;
  await page.getByText("This browser").waitFor();
  await page.getByRole("button", { name: /^Sign out Safari 18 on iOS/ }).click();
  await page.getByText("Safari 18 on iOS was signed out").first().waitFor();
  await page.getByRole("button", { name: /^Sign out Safari 18/ }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Sign out all others" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Sign out everywhere else?" });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByText("1 browser was signed out").first().waitFor();
  await page.getByRole("button", { name: "Sign out all others" }).waitFor({ state: "detached" });
  expect(open.troubles).toEqual([]);
});

test("somebody new, where that goes by a link, has one sent and makes an account for that address", async () => {
  const told: unknown[] = [];
  const note = (answer: unknown) => (input: unknown) => {
    told.push(input);
    return answer;
  };
  await using open = await dashboard.open("/sign-up", {
    ...guest,
    "account.signUpWay": () => ({ way: "byLink" }),
    "account.requestSignUp": note({}),
    "account.openSignUp": () => OPENED_LINK,
    "account.signUp": note(session()),
  });
  const { page } = open;
  await page.getByLabel("E-mail").fill("mara@northlight.example");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await page.getByText("A message is on its way to mara@northlight.example.").waitFor();
  await expectAccessible(page);
  await page.goto("about:blank");
  await page.goto(`${open.server.url}/sign-up#${TOKEN}`);
  const name = page.getByLabel("Your name");
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await page.getByText("At least 8 characters", { exact: true }).waitFor();
  await expect.poll(() => name.evaluate((one) => one === document.activeElement)).toBe(true);
  await name.fill("Mara");
  expect(page.url()).toBe(`${open.server.url}/sign-up`);
  await expect.poll(() => page.getByLabel("E-mail").inputValue()).toBe(OPENED_LINK.email);
  await page.getByLabel("Organization").fill("Northlight");
  await page.getByLabel("Password", { exact: true }).fill("winter-menu-2026");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect.poll(() => told).toHaveLength(2);
  await expect
    .poll(() => told)
    .toEqual([
      { email: "mara@northlight.example" },
      expect.objectContaining({ name: "Mara", email: OPENED_LINK.email, token: TOKEN }),
    ]);
  expect(open.troubles).toEqual([]);
});

test("at an organization's address somebody new is told to ask for an invitation", async () => {
  await using open = await dashboard.open("/sign-up", {
    ...guest,
    "account.signUpWay": () => ({ way: "byInvitation" }),
  });
  const { page } = open;
  await page.getByRole("heading", { name: "By invitation only" }).waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Password", { exact: true }).waitFor();
  expect(open.troubles).toEqual([]);
});

test("a link for signing up that is no longer good leads on", async () => {
  await using open = await dashboard.open(`/sign-up#${TOKEN}`, {
    ...guest,
    "account.signUpWay": () => ({ way: "byLink" }),
    "account.openSignUp": refuse,
  });
  await open.page.getByRole("heading", { name: "This link is no longer good" }).waitFor();
  await expectAccessible(open.page);
  await open.page.getByRole("button", { name: "Ask for a new link" }).click();
  await open.page.getByRole("button", { name: "Send link" }).waitFor();
});
