import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import { Button, buttonClass } from "@vitrine/ui/button";
import { cn } from "@vitrine/ui/cn";
import { Notice } from "@vitrine/ui/notice";
import { Progress } from "@vitrine/ui/progress";
import { Ban, Check, CircleDashed, LoaderCircle } from "lucide-react";
import { useTranslations } from "use-intl";
import { StaleNotice } from "../../lib/query-states.tsx";
import { deviceQuery } from "./device-queries.ts";
import { Glass } from "./glass.tsx";
import { confirmedSteps } from "./pairing-steps.ts";

/** Waits with the person for what the screen itself confirms, and says no more than that. */
export function PairWaitStep({ device: claimed, onClose }: { device: DeviceView; onClose: () => void }) {
  const t = useTranslations("pair");
  const query = useQuery({
    ...deviceQuery(claimed.id),
    initialData: claimed,
    initialDataUpdatedAt: 0,
    refetchInterval: ({ state }) => (state.data?.status === "playing" ? 15_000 : 1_500),
  });
  const device = query.data;
  const steps = confirmedSteps(device);
  const isPlaying = device.status === "playing";
  return (
    <div className="grid gap-4">
      <StaleNotice query={query} hasData />
      <Glass device={device} />
      {device.status === "revoked" ? (
        <Notice tone="danger" isUrgent icon={<Ban aria-hidden />}>
          {t("refused")}
        </Notice>
      ) : (
        <ol className="grid gap-2.5" aria-live="polite">
          {steps.map(({ name, state }) => (
            <li key={name} className={cn("flex items-start gap-3", state === "waiting" && "text-muted")}>
              <span className="mt-0.5 [&_svg]:size-4">
                {state === "done" ? (
                  <Check aria-hidden className="text-success" />
                ) : state === "now" ? (
                  <LoaderCircle aria-hidden className="animate-spin text-accent-text" />
                ) : (
                  <CircleDashed aria-hidden />
                )}
              </span>
              <span className="grid min-w-0 grow gap-1">
                <span className={cn(state === "now" && "font-medium")}>
                  {t(`step.${name}.${state}`, {
                    asset: device.onGlass?.assetName ?? "",
                    ready: device.sync?.filesReady ?? 0,
                    total: device.sync?.filesTotal ?? 0,
                  })}
                </span>
                {name === "files" && state === "now" && device.sync && device.sync.bytesTotal > 0 ? (
                  <Progress
                    value={device.sync.bytesReady / device.sync.bytesTotal}
                    label={t("filesProgress")}
                  />
                ) : null}
              </span>
            </li>
          ))}
        </ol>
      )}
      {isPlaying || device.status === "revoked" ? null : (
        <p className="text-muted text-sm">{t("vetoHint")}</p>
      )}
      <div className="flex justify-end gap-2">
        <Link
          to="/screens/$deviceId"
          params={{ deviceId: device.id }}
          onClick={onClose}
          className={buttonClass("secondary")}
        >
          {t("showScreen")}
        </Link>
        <Button variant={isPlaying ? "primary" : "secondary"} onClick={onClose}>
          {isPlaying ? t("done") : t("closeEarly")}
        </Button>
      </div>
    </div>
  );
}
