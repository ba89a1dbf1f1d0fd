import { parseRecurrence } from "@vitrine/core/model/recurrence";
import * as fc from "fast-check";
import { createFormatter, createTranslator } from "use-intl";
import { expect, test } from "vitest";
import { enSchedule } from "../../messages/en-schedule.ts";
import { calendarWords } from "./calendar-words.ts";
import { recurrenceInWords } from "./recurrence-words.ts";

const speaker = {
  t: createTranslator({ locale: "en", messages: enSchedule, namespace: "recurrence" }),
  format: createFormatter({ locale: "en", timeZone: "UTC" }),
  date: calendarWords("en-GB").date,
};
const say = (text: string) => recurrenceInWords(parseRecurrence(text), speaker);

test.each([
  ["FREQ=DAILY", "Every day"],
  ["FREQ=DAILY;INTERVAL=3", "Every 3 days"],
  ["FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "Every day from Monday to Friday"],
  ["FREQ=DAILY;BYMONTHDAY=1,-1", "Every day on the 1st and last day of the month"],
  ["FREQ=WEEKLY", "Every week"],
  ["FREQ=WEEKLY;BYDAY=TU", "Every week on Tuesday"],
  ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every day from Monday to Friday"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270303", "Every 2 weeks on Mon and Wed until 3 March 2027"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", "Every 2 weeks on Sun and Mon (weeks begin on Sunday)"],
  ["FREQ=MONTHLY", "Every month"],
  ["FREQ=MONTHLY;BYDAY=2TU", "Every 2nd Tuesday of the month"],
  ["FREQ=MONTHLY;BYDAY=1MO,-1FR", "Every 1st Monday and last Friday of the month"],
  ["FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR", "Every 3 months on the last Friday"],
  ["FREQ=MONTHLY;BYMONTHDAY=15;COUNT=6", "Every month on the 15th, 6 times"],
  ["FREQ=MONTHLY;BYMONTHDAY=-2", "Every month on the 2nd to last day"],
  ["FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "Every month on the 13th, only if it is Friday"],
  ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "Every month on the last of Monday to Friday"],
  ["FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "Every year in December on the 24th"],
  ["FREQ=YEARLY;BYMONTH=3,11;BYDAY=2SU", "Every year in March and November on the 2nd Sunday"],
  ["FREQ=YEARLY;BYMONTHDAY=1", "Every year on the 1st of the month"],
  ["FREQ=YEARLY;BYDAY=TU", "Every year on every Tuesday"],
  ["FREQ=YEARLY;INTERVAL=4;COUNT=1", "Every 4 years, once"],
  ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day"],
])("%s is “%s”", (text, words) => {
  expect(say(text)).toBe(words);
});

test("whatever can be read can be said, and says its interval and its end", () => {
  const numbers = (most: number) =>
    fc.uniqueArray(
      fc.integer({ min: -most, max: most }).filter((one) => one !== 0),
      { minLength: 1, maxLength: 3 },
    );
  const weekdays = fc.uniqueArray(fc.constantFrom("MO", "TU", "WE", "TH", "FR", "SA", "SU"), {
    minLength: 1,
  });
  const rule = fc
    .record({
      freq: fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
      interval: fc.integer({ min: 1, max: 12 }),
      ordinal: fc.option(fc.integer({ min: 1, max: 4 })),
      days: fc.option(weekdays),
      monthDays: fc.option(numbers(31)),
      months: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 })),
      places: fc.option(numbers(3)),
      end: fc.constantFrom("", "COUNT=7", "UNTIL=20270303"),
    })
    .map(({ freq, interval, ordinal, days, monthDays, months, places, end }) => {
      const isNumbered = ordinal !== null && (freq === "MONTHLY" || freq === "YEARLY");
      const hasMonthDays = monthDays !== null && freq !== "WEEKLY";
      return [
        `FREQ=${freq}`,
        `INTERVAL=${interval}`,
        days ? `BYDAY=${days.map((day) => (isNumbered ? `${ordinal}${day}` : day)).join()}` : "",
        hasMonthDays ? `BYMONTHDAY=${monthDays.join()}` : "",
        months ? `BYMONTH=${months.join()}` : "",
        places && (days || hasMonthDays || months) ? `BYSETPOS=${places.join()}` : "",
        end,
      ]
        .filter(Boolean)
        .join(";");
    });
  fc.assert(
    fc.property(rule, (text) => {
      const words = say(text);
      expect(words).not.toMatch(/undefined|null|NaN|recurrence\.|[{}]/);
      if (parseRecurrence(text).interval > 1) expect(words).toContain(String(parseRecurrence(text).interval));
      if (text.includes("COUNT")) expect(words).toContain("7 times");
      if (text.includes("UNTIL")) expect(words).toContain("3 March 2027");
    }),
  );
});
