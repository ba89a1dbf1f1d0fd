import { useQuery } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { ScreenFrame } from "@vitrine/ui/screen-frame";
import { Segments } from "@vitrine/ui/segments";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Camera } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { QueryError } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { exactTimeWords } from "../../lib/time-words.ts";
import { useWordsForUnseen } from "../businesses/use-words-for-unseen.ts";
import { devicePreviewQuery } from "../screens/device-queries.ts";
import { glassOf, STATUS_LOOK } from "../screens/device-status.tsx";
import { Glass } from "../screens/glass.tsx";
import { CommandState } from "./command-state.tsx";
import { deviceCommandsQuery, isUnderWay } from "./screen-queries.ts";
import { useCommand } from "./use-command.tsx";

const ScreenPreview = lazy(async () => ({ default: (await import("./screen-preview.tsx")).ScreenPreview }));
type View = "glass" | "screenshot" | "preview";

/** The glass three ways: what the screen confirmed, a picture taken of it, and what it should show at any moment. */
export function ScreenGlass({ device }: { device: DeviceView }) {
  const t = useTranslations("screen");
  const [view, setView] = useState<View>("glass");
  return (
    <section aria-label={t("views")} className="grid gap-3">
      <Segments
        label={t("views")}
        value={view}
        onChange={setView}
        className="justify-self-start"
        options={[
          { value: "glass", label: t("glass") },
          { value: "screenshot", label: t("screenshot") },
          { value: "preview", label: t("preview") },
        ]}
      />
      {view === "glass" ? <Confirmed device={device} /> : null}
      {view === "screenshot" ? <Screenshot device={device} /> : null}
      {view === "preview" ? <Preview device={device} /> : null}
    </section>
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
  const now = useNow({ updateInterval: 10_000 });
  const mayControl = useCan()("devices.control") && device.isActive;
  const command = useCommand(device);
  const commands = useQuery(deviceCommandsQuery(device.id));
  const latest = commands.data?.commands.find(({ kind }) => kind === "screenshot");
  const { width, height } = glassOf(device);
  const takenAt = device.screenshot ? new Date(device.screenshot.takenAt) : null;
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
      <figcaption className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-muted">
        <span>
          {takenAt
            ? t("takenAt", {
                ago: format.relativeTime(takenAt, now),
                when: format.dateTime(takenAt, {
                  dateStyle: "medium",
                  timeStyle: "medium",
                  timeZone: device.timeZone,
                }),
              })
            : null}
        </span>
        <span className="flex flex-wrap items-center gap-3">
          {latest && latest.state !== "done" ? <CommandState command={latest} /> : null}
          {mayControl ? (
            <Button
              isBusy={command.sending === "screenshot"}
              disabled={latest !== undefined && isUnderWay(latest)}
              onClick={() => command.ask("screenshot")}
            >
              <Camera aria-hidden />
              {t("takeScreenshot")}
            </Button>
          ) : null}
        </span>
      </figcaption>
    </figure>
  );
}

function Preview({ device }: { device: DeviceView }) {
  const preview = useQuery({ ...devicePreviewQuery(device.id), select: useWordsForUnseen() });
  if (preview.data) {
    return (
      <Suspense fallback={<Skeleton className="aspect-video" />}>
        <ScreenPreview device={device} preview={preview.data} />
      </Suspense>
    );
  }
  return preview.isError ? <QueryError query={preview} /> : <Skeleton className="aspect-video" />;
}
