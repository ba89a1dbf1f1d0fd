import { useQuery } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import type { AirtimeView } from "@vitrine/core/model/entry";
import { cn } from "@vitrine/ui/cn";
import { IconButton } from "@vitrine/ui/icon-button";
import { Segments } from "@vitrine/ui/segments";
import { Skeleton } from "@vitrine/ui/skeleton";
import { ChartBarBig, Table2 } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useWordsForUnseen } from "../businesses/use-words-for-unseen.ts";
import { airtimeBars } from "./airtime-bars.ts";
import { AirtimeChart } from "./airtime-chart.tsx";
import { airtimeQuery } from "./airtime-query.ts";
import { AIRTIME_RANGES, type AirtimeRange, rangeFrom } from "./airtime-range.ts";
import { AirtimeTable } from "./airtime-table.tsx";
import { useTimeWords } from "./use-time-words.ts";

/** How long a screen will show what: in words, as a chart, and as a table. */
export function AirtimeSection({ device }: { device: DeviceView }) {
  const t = useTranslations("airtime");
  const common = useTranslations("common");
  const title = useId();
  const [range, setRange] = useState<AirtimeRange>("today");
  const [isTable, setTable] = useState(false);
  const query = useQuery({
    ...airtimeQuery(device.id, rangeFrom(range, device.timeZone, Date.now())),
    select: useWordsForUnseen(),
  });
  return (
    <section aria-labelledby={title} className="grid gap-4 rounded-lg border bg-raised p-4">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="grid min-w-0 grow basis-52">
          <h2 id={title} className="font-medium">
            {t("title")}
          </h2>
          <p className="text-muted text-sm">{t("purpose")}</p>
        </div>
        <div className="flex items-center gap-2">
          <Segments
            label={t("rangeLabel")}
            value={range}
            onChange={setRange}
            options={AIRTIME_RANGES.map((value) => ({ value, label: t(`range.${value}`) }))}
          />
          <IconButton
            label={isTable ? t("asChart") : t("asTable")}
            variant="secondary"
            onClick={() => setTable(!isTable)}
          >
            {isTable ? <ChartBarBig aria-hidden /> : <Table2 aria-hidden />}
          </IconButton>
        </div>
      </header>
      <StaleNotice query={query} hasData={query.data !== undefined} />
      {query.data ? (
        <div className={cn("grid gap-4", query.isPlaceholderData && "opacity-60")}>
          <Summary view={query.data} />
          {query.data.rows.length === 0 ? null : isTable ? (
            <AirtimeTable
              view={query.data}
              caption={t("caption", { name: device.name, range: t(`range.${range}`) })}
            />
          ) : (
            <AirtimeChart view={query.data} />
          )}
        </div>
      ) : query.isError ? (
        <QueryError query={query} />
      ) : (
        <div role="status" className="grid gap-2.5">
          <span className="sr-only">{common("loading")}</span>
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-8" />
          <Skeleton className="h-8 w-4/5" />
          <Skeleton className="h-8 w-3/5" />
        </div>
      )}
    </section>
  );
}

function Summary({ view }: { view: AirtimeView }) {
  const t = useTranslations("airtime");
  const { length, share } = useTimeWords();
  const { bars, idleMs } = airtimeBars(view);
  const [first] = bars;
  return (
    <p aria-live="polite" className="tabular">
      {first
        ? t("summary", {
            count: bars.length,
            first: first.name,
            time: length(first.shownMs),
            share: share(first.share),
          })
        : t("empty")}
      {first && idleMs >= 1000 ? ` ${t("summaryIdle", { time: length(idleMs) })}` : null}
    </p>
  );
}
