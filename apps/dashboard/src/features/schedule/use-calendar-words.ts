import { useMemo } from "react";
import { useLocale } from "use-intl";
import { type CalendarWords, calendarWords } from "./calendar-words.ts";

/** Words of the page's locale. */
export function useCalendarWords(): CalendarWords {
  const locale = useLocale();
  return useMemo(() => calendarWords(locale), [locale]);
}
