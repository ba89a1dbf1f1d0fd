import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { EmptyState } from "@vitrine/ui/empty-state";
import { Notice } from "@vitrine/ui/notice";
import { Skeleton } from "@vitrine/ui/skeleton";
import { CalendarDays, CalendarPlus, Info, SearchX } from "lucide-react";
import { useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { MonthView } from "./month-view.tsx";
import { anyEntryQuery, type CalendarEntries } from "./schedule-queries.ts";
import type { Shown } from "./target-filter.tsx";
import { type CalendarProps, TimeGrid } from "./time-grid.tsx";

/** The calendar, or what there is to say instead of it or above it. */
export function ScheduleResults({
  query,
  shown,
  month,
  calendar,
  onPlan,
  onClear,
}: {
  query: UseQueryResult<CalendarEntries>;
  shown: Shown;
  /** `2026-11` */
  month: string;
  calendar: CalendarProps;
  onPlan: () => void;
  onClear: () => void;
}) {
  const t = useTranslations("schedule");
  const isEmpty = query.data?.rows.length === 0 && !query.isPlaceholderData;
  const any = useQuery({ ...anyEntryQuery, enabled: isEmpty && shown.kind === "all" });
  if (query.isPending) return <CalendarSkeleton />;
  if (query.isError && !query.data) return <QueryError query={query} />;
  return (
    <div className="grid gap-3">
      <StaleNotice query={query} hasData={query.data !== undefined} />
      {query.data?.isWhole === false ? (
        <Notice tone="warning" icon={<Info aria-hidden />}>
          {t("hidden", { count: query.data.rows.length })}
        </Notice>
      ) : null}
      {isEmpty && shown.kind !== "all" ? (
        <Notice
          tone="neutral"
          icon={<SearchX aria-hidden />}
          action={
            <Button size="sm" onClick={onClear}>
              {t("clearFilter")}
            </Button>
          }
        >
          {t("noMatch", { kind: shown.kind })}
        </Notice>
      ) : null}
      {isEmpty && shown.kind === "all" && any.data === false ? (
        <EmptyState
          icon={<CalendarDays aria-hidden />}
          title={t("emptyTitle")}
          className="py-8"
          action={
            calendar.mayCreate ? (
              <Button variant="primary" onClick={onPlan}>
                <CalendarPlus aria-hidden />
                {t("planFirst")}
              </Button>
            ) : null
          }
        >
          {t("empty")}
        </EmptyState>
      ) : null}
      {calendar.view === "month" ? (
        <MonthView {...calendar} month={month} />
      ) : (
        <TimeGrid key={calendar.view} {...calendar} />
      )}
    </div>
  );
}

function CalendarSkeleton() {
  return (
    <Loading className="grid gap-px overflow-hidden rounded-lg border">
      <Skeleton className="h-11 rounded-none" />
      <div className="grid h-[26rem] grid-cols-3 gap-2 p-2 sm:grid-cols-7">
        {["35%", "60%", "20%", "45%", "70%", "30%", "50%"].map((height, at) => (
          <div key={height} className={at > 2 ? "hidden pt-10 sm:block" : "pt-10"}>
            <div style={{ height }}>
              <Skeleton className="h-full" />
            </div>
          </div>
        ))}
      </div>
    </Loading>
  );
}
