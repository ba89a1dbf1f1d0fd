import { expect, test } from "vitest";
import { readConfig } from "../platform/config.ts";
import { StartupError } from "../platform/startup-error.ts";

const FROM = { VITRINE_MAIL_FROM: "Vitrine <signage@example.com>" };

test("without a mail server there is a sender that reaches nobody", () => {
  expect(readConfig({}, "/")).toMatchObject({
    mailServer: undefined,
    mailFrom: { name: "Vitrine", address: "vitrine@localhost" },
  });
});

test.each([
  ["smtp://mail.example.com", { host: "mail.example.com", port: 587, isTls: false, credentials: undefined }],
  ["smtps://mail.example.com/", { host: "mail.example.com", port: 465, isTls: true, credentials: undefined }],
  ["smtp://[::1]:2525", { host: "::1", port: 2525, isTls: false, credentials: undefined }],
  [
    "smtps://sam%40example.com:p%40ss%2Fw%3Ard@mail.example.com:10465",
    {
      host: "mail.example.com",
      port: 10465,
      isTls: true,
      credentials: { user: "sam@example.com", password: "p@ss/w:rd" },
    },
  ],
])("%s is a mail server", (url, expected) => {
  expect(readConfig({ VITRINE_SMTP_URL: url, ...FROM }, "/").mailServer).toEqual(expected);
});

test.each([
  "mail.example.com",
  // secretlint-disable-next-line @secretlint/secretlint-rule-basicauth -- nobody's
  "https://sam:hunter2@mail.example.com",
  "smtp://",
  "smtp://sam@mail.example.com",
  "smtp://:hunter2@mail.example.com",
  "smtp://sam:hunter2@mail.example.com?tls.rejectUnauthorized=false",
  "smtp://sam:hunter2@mail.example.com/path",
  "smtp://sam:hunter2#1@mail.example.com",
  "smtp://sam:hunter2%zz@mail.example.com",
  "smtp://mail.example.com:99999",
])("%s is refused without being repeated", (url) => {
  const fault = faultOf({ VITRINE_SMTP_URL: url, ...FROM });
  expect(fault).toMatch(/VITRINE_SMTP_URL must be smtp:\/\/user:password@host:port/);
  expect(fault).not.toMatch(/hunter2|sam/);
});

test("a mail server without a sender is a clear fault", () => {
  expect(faultOf({ VITRINE_SMTP_URL: "smtp://mail.example.com" })).toMatch(
    /VITRINE_MAIL_FROM must name the sender/,
  );
});

test.each([
  ["signage@example.com", { name: "", address: "signage@example.com" }],
  ["Vitrine <signage@example.com>", { name: "Vitrine", address: "signage@example.com" }],
  ['"Vitrine, Inc." <signage@example.com>', { name: "Vitrine, Inc.", address: "signage@example.com" }],
  ["Vitrine <vitrine@localhost>", { name: "Vitrine", address: "vitrine@localhost" }],
])("%s is a sender", (from, expected) => {
  expect(readConfig({ VITRINE_MAIL_FROM: from }, "/").mailFrom).toEqual(expected);
});

test.each([
  "Vitrine",
  "Vitrine <>",
  "<a@example.com> <b@example.com>",
  "a@example.com, b@example.com",
  "Vitrine\r\nBcc: eve@example.com <signage@example.com>",
  "Vitrine <signage@example.com\r\nBcc: eve@example.com>",
  "Vit\u0000rine <signage@example.com>",
])("%j is no sender", (from) => {
  expect(faultOf({ VITRINE_MAIL_FROM: from })).toMatch(/VITRINE_MAIL_FROM must be an address such as/);
});

function faultOf(env: Record<string, string>): string {
  try {
    readConfig(env, "/");
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  throw new Error("It was taken");
}
