import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import type { ManifestPreview } from "@vitrine/core/model/manifest";
import { Skeleton } from "@vitrine/ui/skeleton";
import { ChevronLeft } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { useDebounced } from "../../lib/use-debounced.ts";
import { useWordsForUnseen } from "../businesses/use-words-for-unseen.ts";
import { devicePreviewQuery, deviceQuery } from "../screens/device-queries.ts";
import { glassOf } from "../screens/device-status.tsx";
import { Page } from "../shell/page.tsx";
import { WhyCard } from "../why/why-card.tsx";
import { DayList } from "./day-list.tsx";
import { DayPreview } from "./day-preview.tsx";
import { daypartNames } from "./daypart-names.ts";
import { instantOf, momentText } from "./moment.ts";
import { MomentPicker } from "./moment-picker.tsx";
import { type Moment, useMoment } from "./use-moment.ts";

/** A screen at any moment: what it shows, what plays when on that day, and why. The moment is in the address. */
export function PreviewPage() {
  const t = useTranslations("moment");
  const { deviceId } = useParams({ from: "/app/screens/$deviceId/preview" });
  const device = useQuery(deviceQuery(deviceId));
  const preview = useQuery({ ...devicePreviewQuery(deviceId), select: useWordsForUnseen() });
  if (device.data && preview.data) {
    return <Preview key={deviceId} device={device.data} preview={preview.data} query={preview} />;
  }
  const failed = device.isError ? device : preview.isError ? preview : undefined;
  return (
    <Page title={t("titlePlain")}>
      {failed ? (
        <QueryError query={failed} />
      ) : (
        <Loading className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <Skeleton className="aspect-video" />
          <Skeleton className="h-72" />
        </Loading>
      )}
    </Page>
  );
}

function Preview({
  device,
  preview,
  query,
}: {
  device: DeviceView;
  preview: ManifestPreview;
  query: Parameters<typeof StaleNotice>[0]["query"];
}) {
  const t = useTranslations("moment");
  const can = useCan();
  const { moment, settle } = useMomentInAddress(preview);
  const { width, height } = glassOf(device);
  const { timeZone, timeline } = moment;
  const seek = (atMs: number) => {
    moment.clock.set(atMs);
    settle(atMs);
  };
  const askedAt = useAskedAt(moment);
  const daypartsOf = useMemo(() => daypartNames(preview.manifest), [preview]);
  return (
    <Page
      title={t("title", { name: device.name })}
      heading={
        <div className="grid gap-1">
          <Link
            to="/screens/$deviceId"
            params={{ deviceId: device.id }}
            className="flex w-fit max-w-full items-center gap-1 text-muted text-sm hover:text-text"
          >
            <ChevronLeft aria-hidden className="size-4 shrink-0 rtl:rotate-180" />
            <span className="truncate">{t("back", { name: device.name })}</span>
          </Link>
          <h1 className="break-words font-semibold text-xl tracking-tight">
            {t("title", { name: device.name })}
          </h1>
        </div>
      }
      purpose={t("purpose", { zone: timeZone })}
      action={<MomentPicker moment={moment} onSeek={seek} />}
    >
      <StaleNotice query={query} hasData />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] 3xl:grid-cols-[minmax(0,1fr)_28rem]">
        <div className="mx-auto w-full min-w-0 max-w-[calc((100dvh-17rem)*16/9)] max-lg:max-w-none">
          <DayPreview moment={moment} width={width} height={height} onSettled={settle} />
        </div>
        <div className="grid min-w-0 gap-6">
          {can("schedule.view") ? (
            <WhyCard
              deviceId={device.id}
              at={askedAt}
              timeZone={timeZone}
              daypartsOf={daypartsOf}
              isQuiet={moment.clock.isRunning}
            />
          ) : null}
          <DayList key={timeline.localDate} moment={moment} onSeek={seek} />
        </div>
      </div>
    </Page>
  );
}

const SETTLE_MS = 250;

/** The instant that is asked about: where the moment was put, or where the latest slot began while it runs. */
function useAskedAt({ clock, slotId, atMs }: Moment): number {
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew after each jump and each change of slot
  const atOnce = useMemo(() => Math.floor(atMs / 1000) * 1000, [clock.run, slotId]);
  return useDebounced(atOnce, SETTLE_MS);
}

/** The moment as the address has it, both ways: going back goes back in time, and a jump is one that can be shared. */
function useMomentInAddress(preview: ManifestPreview): {
  moment: Moment;
  settle: (atMs: number | null) => void;
} {
  const { at } = useSearch({ from: "/app/screens/$deviceId/preview" });
  const navigate = useNavigate({ from: "/screens/$deviceId/preview" });
  const { timeZone } = preview.manifest;
  const moment = useMoment(preview, {
    startMs: at === undefined ? Date.now() : instantOf(timeZone, at),
    runsAtFirst: at === undefined,
  });
  const told = useRef(at);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { set } = moment.clock;
  useEffect(() => {
    if (at === told.current) return;
    told.current = at;
    if (at === undefined) set(Date.now(), true);
    else set(instantOf(timeZone, at));
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    moment,
    settle: (atMs) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const next = atMs === null ? undefined : momentText(timeZone, atMs);
        told.current = next;
        void navigate({ search: next === undefined ? {} : { at: next }, replace: true, resetScroll: false });
      }, SETTLE_MS);
    },
  };
}
