import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type DeviceView, updateDeviceInput } from "@vitrine/core/model/device";
import { Skeleton } from "@vitrine/ui/skeleton";
import { ChevronLeft } from "lucide-react";
import { useTranslations } from "use-intl";
import { NameInPlace } from "../../lib/name-in-place.tsx";
import { QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { deviceQuery } from "../screens/device-queries.ts";
import { DeviceStatusLine } from "../screens/device-status.tsx";
import { LastHeard } from "../screens/last-heard.tsx";
import { Page } from "../shell/page.tsx";
import { ScreenActions } from "./screen-actions.tsx";
import { ScreenCommands } from "./screen-commands.tsx";
import { ScreenFacts } from "./screen-facts.tsx";
import { ScreenGlass } from "./screen-glass.tsx";
import { ScreenSchedule } from "./screen-schedule.tsx";
import { ScreenSettings } from "./screen-settings.tsx";
import { ScreenTroubles } from "./screen-troubles.tsx";
import { useDeviceUpdate } from "./use-device-update.ts";

/** One screen: what is on its glass, why, and what it says of itself. */
export function ScreenPage() {
  const t = useTranslations("screen");
  const common = useTranslations("common");
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
        <div role="status" className="grid gap-5">
          <span className="sr-only">{common("loading")}</span>
          <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <Skeleton className="aspect-video" />
            <Skeleton className="h-96" />
          </div>
        </div>
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
  const can = useCan();
  const navigate = useNavigate();
  const update = useDeviceUpdate(device);
  const mayEdit = can("devices.edit") && device.isActive;
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
        <span className="flex flex-wrap items-center gap-x-3">
          <DeviceStatusLine status={device.status} />
          <span>
            <LastHeard device={device} />
          </span>
        </span>
      }
      action={<ScreenActions device={device} onRevoked={() => void navigate({ to: "/screens" })} />}
    >
      <StaleNotice query={query} hasData />
      <ScreenTroubles device={device} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] 3xl:grid-cols-[minmax(0,1fr)_28rem]">
        <div className="grid min-w-0 gap-6">
          <ScreenGlass device={device} />
          {can("schedule.view") && device.isActive ? <ScreenSchedule device={device} /> : null}
          <ScreenCommands device={device} />
        </div>
        <div className="grid min-w-0 gap-6">
          <ScreenSettings device={device} mayEdit={mayEdit} />
          <ScreenFacts device={device} />
        </div>
      </div>
    </Page>
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
