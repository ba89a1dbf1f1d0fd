import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { Skeleton } from "@vitrine/ui/skeleton";
import { VirtualRows } from "@vitrine/ui/virtual-rows";
import { MonitorUp } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";
import { NothingListed } from "../../lib/nothing-listed.tsx";
import { Loading } from "../../lib/query-states.tsx";
import { Results } from "../../lib/results.tsx";
import { useCan } from "../../lib/session.ts";
import { useAppActions } from "../shell/app-actions.tsx";
import { useScroller } from "../shell/page.tsx";
import { DeviceCard } from "./device-card.tsx";
import type { ScreensSearch } from "./screens-search.ts";

const DeviceTable = lazy(async () => ({ default: (await import("./device-table.tsx")).DeviceTable }));

/** The screens that match, in each state of the view. */
export function ScreenResults({
  query,
  search,
  onClear,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Outputs["devices"]["list"]>>;
  search: ScreensSearch;
  onClear: () => void;
}) {
  const t = useTranslations("screens");
  const can = useCan();
  const actions = useAppActions();
  const scroller = useScroller();
  const loading = (
    <Loading className="grid grid-cols-[repeat(auto-fill,minmax(16rem,1fr))] gap-4">
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
        <div key={key} className="grid gap-3 rounded-lg border p-2.5">
          <Skeleton className="aspect-video" />
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-3 w-1/2" />
        </div>
      ))}
    </Loading>
  );
  const nothing = (
    <NothingListed
      list="screens"
      icon={<MonitorUp aria-hidden />}
      isNarrowed={Boolean(search.q ?? search.status ?? search.playlist ?? search.group ?? search.business)}
      isOfBusinesses
      onClear={onClear}
      action={
        can("devices.pair") ? (
          <Button variant="primary" onClick={() => actions.pair()}>
            <MonitorUp aria-hidden />
            {t("pair")}
          </Button>
        ) : null
      }
    />
  );
  return (
    <Results query={query} loading={loading} nothing={nothing}>
      {(devices, more) =>
        search.view === "list" ? (
          <Suspense>
            <DeviceTable devices={devices} more={more} groupId={search.group} />
          </Suspense>
        ) : (
          <VirtualRows
            items={devices}
            keyOf={(device) => device.id}
            minCellWidth={256}
            rowHeight={260}
            scroller={scroller}
            label={t("title")}
            renderItem={(device) => <DeviceCard device={device} />}
            more={more}
          />
        )
      }
    </Results>
  );
}
