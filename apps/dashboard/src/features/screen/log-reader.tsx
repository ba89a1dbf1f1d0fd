import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { DeviceView } from "@vitrine/core/model/device";
import type { DeviceLog } from "@vitrine/core/model/device-health";
import { buttonClass } from "@vitrine/ui/button";
import { cn } from "@vitrine/ui/cn";
import { Segments } from "@vitrine/ui/segments";
import { Skeleton } from "@vitrine/ui/skeleton";
import { ChevronLeft, Download } from "lucide-react";
import { useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";
import { Loading, QueryError } from "../../lib/query-states.tsx";
import { SearchBox } from "../../lib/search-box.tsx";
import { logFileName } from "./log-file-name.ts";
import { deviceLogQuery, type LogFilter } from "./screen-queries.ts";

const LEVELS = ["info", "warn", "error"] as const;
const INK: Record<LogFilter["level"], string> = {
  info: "text-muted",
  warn: "text-warning",
  error: "text-danger",
};

/** The lines of one log, the newest first, by level and by what they say. */
export function LogReader({
  device,
  log,
  title,
}: {
  device: DeviceView;
  log: Outputs["devices"]["logs"]["logs"][number];
  title: string;
}) {
  const t = useTranslations("logs");
  const [filter, setFilter] = useState<LogFilter>({ level: "info", search: "" });
  const query = useQuery(deviceLogQuery(device.id, log.id, filter));
  return (
    <section aria-label={title} className="grid gap-3">
      <Link
        to="/screens/$deviceId"
        params={{ deviceId: device.id }}
        search={{ tab: "logs" }}
        resetScroll={false}
        className="flex w-fit items-center gap-1 text-muted text-sm hover:text-text"
      >
        <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t("back")}
      </Link>
      <h2 className="font-medium">{title}</h2>
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox
          value={filter.search}
          label={t("search")}
          onChange={(search) => setFilter({ ...filter, search })}
        />
        <Segments
          label={t("level")}
          value={filter.level}
          onChange={(level) => setFilter({ ...filter, level })}
          options={LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))}
        />
        <p aria-live="polite" className="tabular text-muted text-sm">
          {query.data ? t("lines", { count: query.data.lines.length }) : null}
        </p>
        <a
          href={log.url}
          download={logFileName(device, log)}
          className={buttonClass("secondary", "md", "ms-auto")}
        >
          <Download aria-hidden />
          {t("download")}
        </a>
      </div>
      {query.data?.isCut ? <p className="text-muted text-sm">{t("cut")}</p> : null}
      {query.data ? (
        query.data.lines.length === 0 ? (
          <p className="rounded-lg border border-dashed px-4 py-8 text-center text-muted">{t("noMatch")}</p>
        ) : (
          <Lines lines={query.data.lines} timeZone={device.timeZone} isOld={query.isPlaceholderData} />
        )
      ) : query.isError ? (
        <QueryError query={query} />
      ) : (
        <Loading>
          <Skeleton className="h-[60dvh]" />
        </Loading>
      )}
    </section>
  );
}

function Lines({ lines, timeZone, isOld }: { lines: DeviceLog["lines"]; timeZone: string; isOld: boolean }) {
  const t = useTranslations("logs");
  const format = useFormatter();
  const scroller = useRef<HTMLElement>(null);
  const newest = [...lines].reverse();
  const virtual = useVirtualizer({
    count: newest.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 31,
    overscan: 12,
  });
  return (
    <section
      ref={scroller}
      aria-label={t("title")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      className={cn("h-[60dvh] min-h-64 overflow-y-auto rounded-lg border bg-raised", isOld && "opacity-60")}
    >
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((place) => {
          const line = newest[place.index];
          if (!line) return null;
          return (
            <li
              key={place.key}
              ref={virtual.measureElement}
              data-index={place.index}
              aria-setsize={newest.length}
              aria-posinset={place.index + 1}
              className="tabular absolute inset-x-0 top-0 grid gap-x-3 border-b px-3 py-1.5 text-sm sm:grid-cols-[8.5rem_4rem_minmax(0,1fr)]"
              style={{ transform: `translateY(${place.start}px)` }}
            >
              <span className="text-muted">
                {format.dateTime(new Date(line.at), {
                  day: "numeric",
                  month: "short",
                  hour: "2-digit",
                  minute: "2-digit",
                  second: "2-digit",
                  timeZone,
                })}
              </span>
              <span className={cn("font-medium", INK[line.level])}>{t(`levelOf.${line.level}`)}</span>
              <span className="min-w-0 break-words">
                <code className="text-muted text-xs">{line.event}</code> {line.text}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
