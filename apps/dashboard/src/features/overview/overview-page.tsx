import { queryOptions, useQuery } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { Skeleton } from "@vitrine/ui/skeleton";
import { MonitorUp, Siren, Upload } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useCan, useSession } from "../../lib/session.ts";
import { useAppActions } from "../shell/app-actions.tsx";
import { Page } from "../shell/page.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { OverviewCounts } from "./overview-counts.tsx";
import { RecentScreens } from "./recent-screens.tsx";

const RunningOverrides = lazy(async () => ({
  default: (await import("../overrides/running-overrides.tsx")).RunningOverrides,
}));

const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => api.overview.get.query(undefined, { signal }),
  refetchInterval: 30_000,
});

/** How the screens are, and what to do next; in the first minutes, the way to the first picture. */
export function OverviewPage() {
  const t = useTranslations("overview");
  const can = useCan();
  const actions = useAppActions();
  const { organization } = useSession();
  const overview = useQuery(overviewQuery);
  const isBegun = overview.data ? Object.values(overview.data.firstSteps).every(Boolean) : false;
  return (
    <Page
      title={t("title")}
      heading={<h1 className="break-words font-semibold text-xl tracking-tight">{organization.name}</h1>}
      purpose={isBegun || !overview.data ? t("purpose") : t("purposeFirst")}
      action={
        <>
          {can("schedule.override") &&
          overview.data?.firstSteps.hasContent &&
          overview.data.firstSteps.hasScreen ? (
            <Button onClick={actions.showNow}>
              <Siren aria-hidden />
              {t("showNow")}
            </Button>
          ) : null}
          {isBegun ? (
            <>
              {can("devices.pair") ? (
                <Button onClick={() => actions.pair()}>
                  <MonitorUp aria-hidden />
                  {t("pair")}
                </Button>
              ) : null}
              {can("assets.create") ? (
                <Button variant="primary" onClick={actions.addContent}>
                  <Upload aria-hidden />
                  {t("addContent")}
                </Button>
              ) : null}
            </>
          ) : null}
        </>
      }
    >
      {overview.data ? (
        <>
          <StaleNotice query={overview} hasData />
          {can("schedule.view") ? (
            <Suspense>
              <RunningOverrides />
            </Suspense>
          ) : null}
          {isBegun ? null : <FirstSteps steps={overview.data.firstSteps} />}
          <OverviewCounts overview={overview.data} />
          {isBegun || overview.data.recentDevices.length > 0 ? (
            <RecentScreens devices={overview.data.recentDevices} />
          ) : null}
        </>
      ) : overview.isError ? (
        <QueryError query={overview} />
      ) : (
        <OverviewSkeleton />
      )}
    </Page>
  );
}

function OverviewSkeleton() {
  return (
    <Loading className="grid gap-5">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} className="h-22" />
        ))}
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(16rem,1fr))] gap-4">
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="grid gap-3 rounded-lg border p-2.5">
            <Skeleton className="aspect-video" />
            <Skeleton className="h-4 w-2/3" />
          </div>
        ))}
      </div>
    </Loading>
  );
}
