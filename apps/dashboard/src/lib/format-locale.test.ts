import { expect, test } from "vitest";
import { formatLocale } from "./format-locale.ts";

test.each([
  ["en-US", "en-US", "9:00 AM"],
  ["en-GB", "en-GB", "09:00"],
  ["de-AT", "en-AT", "09:00"],
  ["de", "en-DE", "09:00"],
  ["not a language", "en", "9:00 AM"],
])("a reader of %s reads times as in %s", (language, locale, time) => {
  expect(formatLocale(language)).toBe(locale);
  const words = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
  expect(words.format(Date.UTC(2026, 0, 1, 9)).replace(/\s/u, " ")).toBe(time);
});
