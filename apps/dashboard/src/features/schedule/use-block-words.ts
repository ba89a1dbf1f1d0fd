import { useFormatter, useTranslations } from "use-intl";
import type { Block } from "./blocks.ts";
import type { CalendarWords } from "./calendar-words.ts";
import type { Span } from "./grip.ts";
import { dateOf, startOf } from "./wall-time.ts";

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;

/** Says times and blocks of the calendar for those who hear it. */
export function useBlockWords(words: CalendarWords): {
  /** `09:00 to 11:00`, or with days where it is on several. */
  time: (span: Span) => string;
  /** `09:00 – 11:00`, for the eye. */
  short: (span: Span) => string;
  /** `Tuesday 24 November, 09:00 to 11:00` */
  when: (span: Span) => string;
  /** `Breakfast menu, 09:00 to 11:00, repeats weekly` */
  name: (block: Block) => string;
  /** `25%` */
  share: (block: Block) => string;
} {
  const t = useTranslations("schedule");
  const format = useFormatter();
  const share = ({ entry }: Block) =>
    format.number((entry.sharePercent ?? 0) / 100, { style: "percent", maximumFractionDigits: 1 });
  const moment = (wallMs: number) => t("at", { day: words.day(dateOf(wallMs)), time: words.time(wallMs) });
  const time = ({ start, end }: Span): string => {
    if (!Number.isFinite(start) && !Number.isFinite(end)) return t("always");
    if (!Number.isFinite(end)) return t("from", { time: moment(start) });
    if (!Number.isFinite(start)) return t("until", { time: moment(end) });
    const isOneDay = startOf(dateOf(start)) === startOf(dateOf(end - 1));
    return isOneDay
      ? t("span", { start: words.time(start), end: words.time(end) })
      : t("span", { start: moment(start), end: moment(end) });
  };
  return {
    time,
    share,
    short: ({ start, end }) => t("range", { start: words.time(start), end: words.time(end) }),
    when: (span) => {
      const isOneDay = Number.isFinite(span.start) && dateOf(span.start) === dateOf(span.end - 1);
      return isOneDay ? t("at", { day: words.day(dateOf(span.start)), time: time(span) }) : time(span);
    },
    name: (block) => {
      const { entry } = block;
      const freq = frequencyOf(entry.when?.recurrence ?? "");
      return [
        entry.name,
        time(block),
        freq ? t(`repeats.${freq}`) : "",
        entry.kind === "normal" ? "" : t(`kind.${entry.kind}`, { percent: share(block) }),
        entry.priority > 0 ? t("priority", { priority: entry.priority }) : "",
        entry.isEnabled ? "" : t("off"),
        entry.shown.isPresent ? "" : t("missing"),
      ]
        .filter(Boolean)
        .join(", ");
    },
  };
}

/** By hand, since the calendar is shown before any reader of rules is loaded. */
function frequencyOf(recurrence: string): (typeof FREQUENCIES)[number] | undefined {
  return FREQUENCIES.find((freq) => recurrence.includes(`FREQ=${freq}`));
}
