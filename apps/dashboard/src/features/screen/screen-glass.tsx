import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { notify } from "@vitrine/ui/notices";
import { ScreenFrame } from "@vitrine/ui/screen-frame";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Tabs } from "@vitrine/ui/tabs";
import { Camera } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { QueryError } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { exactTimeWords } from "../../lib/time-words.ts";
import { useAct } from "../../lib/use-act.ts";
import { devicePreviewQuery } from "../screens/device-queries.ts";
import { glassOf, STATUS_LOOK } from "../screens/device-status.tsx";
import { Glass } from "../screens/glass.tsx";

const ScreenPreview = lazy(async () => ({ default: (await import("./screen-preview.tsx")).ScreenPreview }));
type View = "glass" | "screenshot" | "preview";

/** The glass three ways: what the screen confirmed, a picture taken of it, and what it should show at any moment. */
export function ScreenGlass({ device }: { device: DeviceView }) {
  const t = useTranslations("screen");
  const [view, setView] = useState<View>("glass");
  return (
    <Tabs
      value={view}
      onChange={setView}
      label={t("views")}
      tabs={[
        { value: "glass", label: t("glass"), panel: <Confirmed device={device} /> },
        { value: "screenshot", label: t("screenshot"), panel: <Screenshot device={device} /> },
        {
          value: "preview",
          label: t("preview"),
          panel: view === "preview" ? <Preview device={device} /> : null,
        },
      ]}
    />
  );
}

function Confirmed({ device }: { device: DeviceView }) {
  const t = useTranslations("screen");
  const format = useFormatter();
  const { onGlass } = device;
  return (
    <figure className="grid gap-2">
      <Glass device={device} />
      <figcaption className="text-muted">
        {onGlass
          ? t(device.status === "playing" || device.status === "trouble" ? "confirmed" : "lastConfirmed", {
              name: onGlass.assetName ?? t("unknownContent"),
              since: exactTimeWords(format, new Date(onGlass.shownSince), device.timeZone),
            })
          : t("nothingConfirmed")}{" "}
        {device.status === "playing" && !device.isUpToDate ? t("notUpToDate") : null}
      </figcaption>
    </figure>
  );
}

function Screenshot({ device }: { device: DeviceView }) {
  const t = useTranslations("screen");
  const format = useFormatter();
  const can = useCan();
  const queryClient = useQueryClient();
  const { width, height } = glassOf(device);
  const take = useAct(() => api.devices.sendCommand.mutate({ deviceId: device.id, kind: "screenshot" }), {
    done: () => notify({ title: t("screenshotAsked"), description: t("commandHint") }),
    settled: () => void queryClient.invalidateQueries({ queryKey: ["command", device.id] }),
  });
  return (
    <figure className="grid gap-2">
      <ScreenFrame width={width} height={height} tone={STATUS_LOOK[device.status].tone}>
        {device.screenshot ? (
          <img
            src={device.screenshot.url}
            alt={t("screenshotOf", { name: device.name })}
            className="absolute inset-0 size-full object-contain"
          />
        ) : (
          <p className="absolute inset-0 grid place-items-center p-4 text-center text-zinc-300">
            {t("noScreenshot")}
          </p>
        )}
      </ScreenFrame>
      <figcaption className="flex flex-wrap items-center justify-between gap-2 text-muted">
        <span>
          {device.screenshot
            ? t("takenAt", {
                when: format.dateTime(new Date(device.screenshot.takenAt), {
                  dateStyle: "medium",
                  timeStyle: "medium",
                  timeZone: device.timeZone,
                }),
              })
            : null}
        </span>
        {can("devices.control") && device.isActive ? (
          <Button isBusy={take.isPending} onClick={() => take.mutate(undefined)}>
            <Camera aria-hidden />
            {t("takeScreenshot")}
          </Button>
        ) : null}
      </figcaption>
    </figure>
  );
}

function Preview({ device }: { device: DeviceView }) {
  const preview = useQuery(devicePreviewQuery(device.id));
  if (preview.data) {
    return (
      <Suspense fallback={<Skeleton className="aspect-video" />}>
        <ScreenPreview device={device} preview={preview.data} />
      </Suspense>
    );
  }
  return preview.isError ? <QueryError query={preview} /> : <Skeleton className="aspect-video" />;
}
