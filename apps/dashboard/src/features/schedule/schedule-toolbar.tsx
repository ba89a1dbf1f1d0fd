import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { Segments } from "@vitrine/ui/segments";
import { ChevronLeft, ChevronRight, Keyboard } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { type CalendarView, VIEWS } from "./schedule-search.ts";
import { type Shown, TargetFilter } from "./target-filter.tsx";

const ShortcutHelp = lazy(async () => ({ default: (await import("./shortcut-help.tsx")).ShortcutHelp }));

/** Where in time the calendar is, how much of it is shown, and whose it is. */
export function ScheduleToolbar({
  view,
  title,
  shown,
  onView,
  onStep,
  onToday,
  onShown,
}: {
  view: CalendarView;
  title: string;
  shown: Shown;
  onView: (view: CalendarView) => void;
  onStep: (step: 1 | -1) => void;
  onToday: () => void;
  onShown: (shown: Shown) => void;
}) {
  const t = useTranslations("schedule");
  const [isHelpOpen, setHelpOpen] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="flex items-center gap-1">
        <Button onClick={onToday}>{t("today")}</Button>
        <IconButton label={t("beforeDate", { view })} onClick={() => onStep(-1)}>
          <ChevronLeft aria-hidden className="rtl:rotate-180" />
        </IconButton>
        <IconButton label={t("nextDate", { view })} onClick={() => onStep(1)}>
          <ChevronRight aria-hidden className="rtl:rotate-180" />
        </IconButton>
      </div>
      <h2
        aria-live="polite"
        className="tabular min-w-0 grow basis-52 font-semibold text-lg max-sm:order-first max-sm:basis-full"
      >
        {title}
      </h2>
      <TargetFilter shown={shown} onChange={onShown} />
      <div className="flex items-center gap-1">
        <Segments
          label={t("view.label")}
          value={view}
          onChange={onView}
          options={VIEWS.map((one) => ({ value: one, label: t(`view.${one}`) }))}
        />
        <IconButton
          label={t("shortcuts.open")}
          className="hidden md:inline-flex"
          onClick={() => setHelpOpen(true)}
        >
          <Keyboard aria-hidden />
        </IconButton>
      </div>
      {isHelpOpen ? (
        <Suspense>
          <ShortcutHelp onClose={() => setHelpOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
