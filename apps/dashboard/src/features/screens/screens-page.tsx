import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { cn } from "@vitrine/ui/cn";
import { IconButton } from "@vitrine/ui/icon-button";
import { LayoutGrid, List, MonitorUp } from "lucide-react";
import { lazy, Suspense, useEffect } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { SearchBox } from "../../lib/search-box.tsx";
import type { Part } from "../../lib/search-params.ts";
import { useCan } from "../../lib/session.ts";
import { GroupFilter } from "../groups/group-filter.tsx";
import { ScreensTabs } from "../groups/screens-tabs.tsx";
import { RoomLeft } from "../plan/room-left.tsx";
import { useAppActions } from "../shell/app-actions.tsx";
import { Page } from "../shell/page.tsx";
import { deviceCountsQuery, devicesQuery } from "./device-queries.ts";
import { STATUS_LOOK } from "./device-status.tsx";
import { ScreenResults } from "./screen-results.tsx";
import { readScreensSearch, type ScreensSearch } from "./screens-search.ts";
import { DEVICE_STATUS_LIST } from "./status-list.ts";

const BusinessFilter = lazy(async () => ({
  default: (await import("../businesses/business-filter.tsx")).BusinessFilter,
}));

/** All screens: what is on each, and which need somebody. */
export function ScreensPage() {
  const t = useTranslations("screens");
  const format = useFormatter();
  const can = useCan();
  const actions = useAppActions();
  const search = useSearch({ from: "/app/screens" });
  const navigate = useNavigate({ from: "/screens" });
  const query = useInfiniteQuery(devicesQuery(search));
  const { pair, ...rest } = search;
  const go = (next: ScreensSearch) => void navigate({ search: next, replace: true });
  const change = (part: Part<ScreensSearch>) => go(readScreensSearch({ ...rest, ...part }));
  const mayPair = can("devices.pair");
  useEffect(() => {
    if (!pair) return;
    if (mayPair) actions.pair({ code: pair === "new" ? "" : pair });
    void navigate({ search: ({ pair: _, ...others }) => others, replace: true });
  }, [pair, mayPair, actions, navigate]);
  const total = query.data?.pages[0]?.total;
  return (
    <Page
      title={t("title")}
      purpose={t("purpose")}
      action={
        mayPair ? (
          <>
            <RoomLeft thing="screens" />
            <Button variant="primary" onClick={() => actions.pair()}>
              <MonitorUp aria-hidden />
              {t("pair")}
            </Button>
          </>
        ) : null
      }
    >
      <ScreensTabs />
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox value={search.q ?? ""} label={t("search")} onChange={(q) => change({ q })} />
        <GroupFilter value={search.group} onChange={(group) => change({ group })} />
        <Suspense>
          <BusinessFilter value={search.business} onChange={(business) => change({ business })} />
        </Suspense>
        <StatusFilter value={search.status} onChange={(status) => change({ status })} />
        <div className="ms-auto flex items-center gap-2">
          <p className="tabular text-muted text-sm" aria-live="polite">
            {total === undefined ? "" : t("total", { count: total, shown: format.number(total) })}
          </p>
          <div className="flex rounded-md border">
            <IconButton
              label={t("asGrid")}
              aria-pressed={!search.view}
              className="rounded-e-none aria-pressed:bg-sunken"
              onClick={() => change({ view: undefined })}
            >
              <LayoutGrid aria-hidden />
            </IconButton>
            <IconButton
              label={t("asList")}
              aria-pressed={search.view === "list"}
              className="rounded-s-none aria-pressed:bg-sunken"
              onClick={() => change({ view: "list" })}
            >
              <List aria-hidden />
            </IconButton>
          </div>
        </div>
      </div>
      <ScreenResults
        query={query}
        search={rest}
        onClear={() => go(search.view ? { view: search.view } : {})}
      />
    </Page>
  );
}

function StatusFilter({
  value,
  onChange,
}: {
  value: ScreensSearch["status"];
  onChange: (value: ScreensSearch["status"]) => void;
}) {
  const t = useTranslations("screens");
  const words = useTranslations("deviceStatus");
  const counts = useQuery(deviceCountsQuery);
  const chip =
    "tabular inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md border px-2.5 text-sm font-medium hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text [&_svg]:size-3.5";
  return (
    <fieldset className="-mx-4 -my-1 flex min-w-0 max-w-[100vw] gap-1.5 overflow-x-auto px-4 py-1 sm:mx-0 sm:flex-wrap sm:px-0">
      <legend className="sr-only">{t("statusFilter")}</legend>
      <button type="button" aria-pressed={!value} onClick={() => onChange(undefined)} className={chip}>
        {t("all")}
      </button>
      {DEVICE_STATUS_LIST.filter((status) => status === value || (counts.data?.[status] ?? 0) > 0).map(
        (status) => {
          const { icon: Icon } = STATUS_LOOK[status];
          return (
            <button
              key={status}
              type="button"
              aria-pressed={status === value}
              onClick={() => onChange(status === value ? undefined : status)}
              className={cn(chip)}
            >
              <Icon aria-hidden />
              {words(status)}
              <span className="text-muted">{counts.data?.[status] ?? 0}</span>
            </button>
          );
        },
      )}
    </fieldset>
  );
}
