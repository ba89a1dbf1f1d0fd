import { useFormatter, useTranslations } from "use-intl";
import { type DayWindow, weekdayName, weekdayRuns, windowHours } from "./dayparts-words.ts";

/** Says windows of time: `Mon–Fri 06:00–10:30`, `Sat, Sun 22:00–02:00 the next day`. */
export function useWindowWords(): {
  days: (window: Pick<DayWindow, "weekdays">) => string;
  hours: (window: Pick<DayWindow, "start" | "end">) => string;
  all: (window: DayWindow) => string;
} {
  const t = useTranslations("dayparts");
  const format = useFormatter();
  const days = ({ weekdays }: Pick<DayWindow, "weekdays">) => {
    if (new Set(weekdays).size === 7) return t("everyDay");
    const runs = weekdayRuns(weekdays).map((run) => {
      const names = run.map((day) => weekdayName(day, format));
      return names.length > 2 ? `${names[0]}–${names.at(-1)}` : names.join(", ");
    });
    return runs.join(", ");
  };
  const hours = (window: Pick<DayWindow, "start" | "end">) => {
    const said = windowHours(window);
    return said.kind === "allDay" ? t("allDay") : t(said.kind, { start: said.start, end: said.end });
  };
  return { days, hours, all: (window) => [days(window), hours(window)].filter(Boolean).join(" ") };
}
