import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type DeviceView, updateDeviceInput } from "@vitrine/core/model/device";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Tabs } from "@vitrine/ui/tabs";
import { ChevronLeft } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { NameInPlace } from "../../lib/name-in-place.tsx";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { enScreen } from "../../messages/en-screen.ts";
import { DeviceMarks } from "../screens/device-marks.tsx";
import { deviceQuery } from "../screens/device-queries.ts";
import { DeviceStatusLine } from "../screens/device-status.tsx";
import { LastHeard } from "../screens/last-heard.tsx";
import { Page } from "../shell/page.tsx";
import { CopiedAlert } from "./copied-alert.tsx";
import { NowTab } from "./now-tab.tsx";
import { ScreenActions } from "./screen-actions.tsx";
import type { ScreenTab } from "./screen-search.ts";
import { useDeviceUpdate } from "./use-device-update.ts";
import { useRevoke } from "./use-revoke.tsx";

const HistoryTab = lazy(async () => ({ default: (await import("./history-tab.tsx")).HistoryTab }));
const FilesTab = lazy(async () => ({ default: (await import("./files-tab.tsx")).FilesTab }));
const HealthTab = lazy(async () => ({ default: (await import("./health-tab.tsx")).HealthTab }));
const CommandsTab = lazy(async () => ({ default: (await import("./commands-tab.tsx")).CommandsTab }));
const LogsTab = lazy(async () => ({ default: (await import("./logs-tab.tsx")).LogsTab }));
const SettingsTab = lazy(async () => ({ default: (await import("./settings-tab.tsx")).SettingsTab }));

/** One screen: what is on its glass and why, what it went through, how it feels, and what can be asked of it. */
export function ScreenPage() {
  return (
    <MoreMessages messages={enScreen}>
      <OneScreen />
    </MoreMessages>
  );
}

function OneScreen() {
  const t = useTranslations("screen");
  const { deviceId } = useParams({ from: "/app/screens/$deviceId" });
  const device = useQuery(deviceQuery(deviceId));
  if (device.data) return <Screen device={device.data} query={device} />;
  return (
    <Page
      title={t("title")}
      heading={
        <div className="grid gap-1">
          <Back />
          <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        </div>
      }
    >
      {device.isError ? (
        <QueryError query={device} />
      ) : (
        <Loading className="grid gap-5">
          <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <Skeleton className="aspect-video" />
            <Skeleton className="h-96" />
          </div>
        </Loading>
      )}
    </Page>
  );
}

function Screen({
  device,
  query,
}: {
  device: DeviceView;
  query: Parameters<typeof StaleNotice>[0]["query"];
}) {
  const t = useTranslations("screen");
  const can = useCan();
  const navigate = useNavigate({ from: "/screens/$deviceId" });
  const { tab = "now" } = useSearch({ from: "/app/screens/$deviceId" });
  const update = useDeviceUpdate(device);
  const revoking = useRevoke(device, () => void navigate({ to: "/screens" }));
  const mayEdit = can("devices.edit") && device.isActive;
  const panel = (name: ScreenTab, content: ReactNode) => ({
    value: name,
    label: t(`tab.${name}`),
    panel: <Suspense fallback={<PanelSkeleton />}>{content}</Suspense>,
  });
  return (
    <Page
      title={device.name}
      heading={
        <div className="grid gap-1">
          <Back />
          <NameInPlace
            name={device.name}
            mayEdit={mayEdit}
            check={(name) => updateDeviceInput.shape.name.unwrap().safeParse(name)}
            onRename={async (name) => void (await update.save({ name }))}
          />
        </div>
      }
      purpose={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <DeviceStatusLine status={device.status} />
          <DeviceMarks device={device} />
          <span>
            <LastHeard device={device} />
          </span>
        </span>
      }
      action={<ScreenActions device={device} onRevoke={revoking.mayRevoke ? revoking.ask : undefined} />}
    >
      <StaleNotice query={query} hasData />
      <CopiedAlert device={device} onRevoke={revoking.mayRevoke ? revoking.ask : undefined} />
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({ search: next === "now" ? {} : { tab: next }, replace: true, resetScroll: false })
        }
        label={t("tabs")}
        tabs={[
          panel("now", <NowTab device={device} />),
          panel("history", <HistoryTab device={device} />),
          panel("files", <FilesTab device={device} />),
          panel("health", <HealthTab device={device} />),
          panel("commands", <CommandsTab device={device} />),
          panel("logs", <LogsTab device={device} />),
          panel("settings", <SettingsTab device={device} mayEdit={mayEdit} />),
        ]}
      />
      {revoking.dialog}
    </Page>
  );
}

function PanelSkeleton() {
  return (
    <Loading className="grid gap-4">
      <Skeleton className="h-24" />
      <Skeleton className="h-48" />
    </Loading>
  );
}

function Back() {
  const t = useTranslations("screen");
  return (
    <Link to="/screens" className="flex w-fit items-center gap-1 text-muted text-sm hover:text-text">
      <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
      {t("back")}
    </Link>
  );
}
