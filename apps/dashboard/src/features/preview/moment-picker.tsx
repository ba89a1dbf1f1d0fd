import { localDateAt } from "@vitrine/core/schedule";
import { IconButton } from "@vitrine/ui/icon-button";
import { Input } from "@vitrine/ui/input";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { atTime, dateAfter, onDate, timeText } from "./moment.ts";
import { isMomentText } from "./preview-search.ts";
import type { Moment } from "./use-moment.ts";

/** The day and the time of a moment, to be typed or picked. */
export function MomentPicker({ moment, onSeek }: { moment: Moment; onSeek: (atMs: number) => void }) {
  const t = useTranslations("moment");
  const { timeZone, atMs } = moment;
  const date = localDateAt(timeZone, atMs);
  const step = (days: number) => onSeek(onDate(timeZone, atMs, dateAfter(date, days)));
  return (
    <div className="flex w-full flex-wrap items-center gap-1 sm:w-auto">
      <IconButton label={t("previousDay")} onClick={() => step(-1)}>
        <ChevronLeft aria-hidden className="rtl:rotate-180" />
      </IconButton>
      <Input
        type="date"
        aria-label={t("date")}
        required
        min="1971-01-01"
        max="2198-12-31"
        value={date}
        onChange={({ target: { value } }) => {
          if (isMomentText(`${value}T00:00`)) onSeek(onDate(timeZone, atMs, value));
        }}
        className="w-36 max-sm:grow"
      />
      <IconButton label={t("nextDay")} onClick={() => step(1)}>
        <ChevronRight aria-hidden className="rtl:rotate-180" />
      </IconButton>
      <Input
        type="time"
        step={1}
        aria-label={t("timeTyped")}
        required
        value={timeText(timeZone, atMs)}
        onChange={({ target: { value } }) => {
          if (isMomentText(`${date}T${value}`)) onSeek(atTime(timeZone, atMs, value));
        }}
        className="w-38 max-sm:grow"
      />
    </div>
  );
}
