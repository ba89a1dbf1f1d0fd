import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import type { DeviceTimeline } from "@vitrine/core/model/device-health";
import { cn } from "@vitrine/ui/cn";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ChartSection } from "../../lib/chart-section.tsx";
import { Loading } from "../../lib/query-states.tsx";
import { useLengthWords } from "../../lib/use-length-words.ts";
import { HourZoom } from "./hour-zoom.tsx";
import { deviceTimelineQuery } from "./screen-queries.ts";
import { HISTORY_RANGES, type HistoryRange } from "./screen-search.ts";
import { TimelineBar } from "./timeline-bar.tsx";
import { hourAt, lossesOf, type Span, spanOf, totalsOf, within } from "./timeline-drawing.ts";
import { TIMELINE_FILL } from "./timeline-look.ts";
import { TimelineTable } from "./timeline-table.tsx";
import { TimelineTicks } from "./timeline-ticks.tsx";

/** What a screen was over the last day, week or month: in words, as a bar, and as a table. */
export function TimelineSection({ device }: { device: DeviceView }) {
  const t = useTranslations("history");
  const { range = "day" } = useSearch({ from: "/app/screens/$deviceId" });
  const navigate = useNavigate({ from: "/screens/$deviceId" });
  const query = useQuery(deviceTimelineQuery(device.id, range));
  const choose = (next: HistoryRange) =>
    void navigate({
      search: { tab: "history", ...(next === "day" ? {} : { range: next }) },
      replace: true,
      resetScroll: false,
    });
  return (
    <ChartSection
      title={t("title")}
      purpose={t("purpose", { zone: device.timeZone })}
      range={{
        label: t("rangeLabel"),
        value: range,
        options: HISTORY_RANGES.map((value) => ({ value, label: t(`range.${value}`) })),
        onChange: choose,
      }}
      table={{ show: t("asTable"), leave: t("asBar") }}
      query={query}
      loading={
        <Loading className="grid gap-3">
          <Skeleton className="h-4 w-3/5" />
          <Skeleton className="h-9" />
          <Skeleton className="h-20" />
        </Loading>
      }
    >
      {(timeline, isTable) => (
        <>
          <Summary timeline={timeline} />
          {isTable ? (
            <TimelineTable
              stretches={timeline.stretches}
              timeZone={device.timeZone}
              caption={t("caption", { name: device.name, range: t(`range.${range}`) })}
            />
          ) : (
            <Drawn timeline={timeline} timeZone={device.timeZone} range={range} />
          )}
        </>
      )}
    </ChartSection>
  );
}

function Summary({ timeline }: { timeline: DeviceTimeline }) {
  const t = useTranslations("history");
  const format = useFormatter();
  const length = useLengthWords();
  const losses = lossesOf(timeline.stretches);
  if (timeline.stretches.every(({ status }) => status === "unknown")) {
    return <p className="text-muted">{t("empty")}</p>;
  }
  return (
    <p className="tabular" aria-live="polite">
      {timeline.playingShare === null
        ? t("shareUnknown")
        : t("share", {
            share: format.number(timeline.playingShare, { style: "percent", maximumFractionDigits: 1 }),
          })}{" "}
      {losses.count === 0 ? t("neverLost") : t("lost", { count: losses.count, time: length(losses.ms) })}
    </p>
  );
}

function Drawn({
  timeline: { stretches },
  timeZone,
  range,
}: {
  timeline: DeviceTimeline;
  timeZone: string;
  range: HistoryRange;
}) {
  const t = useTranslations("history");
  const format = useFormatter();
  const length = useLengthWords();
  const [chosen, setChosen] = useState<Span | null>(null);
  const span = spanOf(stretches);
  if (!span) return null;
  const isInside = chosen && chosen.untilMs > span.fromMs && chosen.fromMs < span.untilMs;
  const hour = isInside ? chosen : hourAt(span.untilMs - 1, timeZone);
  const hourWords = ({ fromMs, untilMs }: Span) => {
    const time = (at: number) => format.dateTime(at, { timeStyle: "short", timeZone });
    const day = format.dateTime(fromMs, { weekday: "short", day: "numeric", month: "short", timeZone });
    return t("hour", { day, from: time(fromMs), to: time(untilMs) });
  };
  const describe = (one: Span) =>
    [
      hourWords(one),
      ...totalsOf(within(stretches, one)).map(({ status, ms }) =>
        t("partOf", { status: t(`status.${status}`), time: length(ms) }),
      ),
    ].join(", ");
  return (
    <div className="grid gap-4">
      <div className="grid gap-1.5 pt-1">
        <TimelineBar
          stretches={stretches}
          span={span}
          timeZone={timeZone}
          hour={hour}
          onHour={setChosen}
          describe={describe}
        />
        <TimelineTicks span={span} timeZone={timeZone} range={range} />
      </div>
      <ul aria-label={t("legend")} className="flex flex-wrap gap-x-5 gap-y-1.5">
        {totalsOf(stretches).map(({ status, ms }) => (
          <li key={status} className="flex items-center gap-2">
            <span aria-hidden className={cn("size-3 rounded-xs", TIMELINE_FILL[status])} />
            <span>{t(`status.${status}`)}</span>
            <span className="tabular text-muted">{length(ms)}</span>
          </li>
        ))}
      </ul>
      <HourZoom stretches={stretches} hour={hour} title={hourWords(hour)} timeZone={timeZone} />
    </div>
  );
}
