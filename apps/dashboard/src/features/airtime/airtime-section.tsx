import { useQuery } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import type { AirtimeView } from "@vitrine/core/model/entry";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ChartSection } from "../../lib/chart-section.tsx";
import { Loading } from "../../lib/query-states.tsx";
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
  const [range, setRange] = useState<AirtimeRange>("today");
  const query = useQuery({
    ...airtimeQuery(device.id, rangeFrom(range, device.timeZone, Date.now())),
    select: useWordsForUnseen(),
  });
  return (
    <ChartSection
      title={t("title")}
      purpose={t("purpose")}
      range={{
        label: t("rangeLabel"),
        value: range,
        options: AIRTIME_RANGES.map((value) => ({ value, label: t(`range.${value}`) })),
        onChange: setRange,
      }}
      table={{ show: t("asTable"), leave: t("asChart") }}
      query={query}
      loading={
        <Loading className="grid gap-2.5">
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-8" />
          <Skeleton className="h-8 w-4/5" />
          <Skeleton className="h-8 w-3/5" />
        </Loading>
      }
    >
      {(view, isTable) => (
        <>
          <Summary view={view} />
          {view.rows.length === 0 ? null : isTable ? (
            <AirtimeTable
              view={view}
              caption={t("caption", { name: device.name, range: t(`range.${range}`) })}
            />
          ) : (
            <AirtimeChart view={view} />
          )}
        </>
      )}
    </ChartSection>
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
