import type { DeviceView } from "@vitrine/core/model/device";
import { Notice } from "@vitrine/ui/notice";
import { Progress } from "@vitrine/ui/progress";
import { Ban, CircleDashed, CirclePause, DownloadCloud, TriangleAlert, WifiOff } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { useBytes } from "../../lib/use-bytes.ts";

/** Why a screen is not what it should be, in words: offline, fetching, idle, in trouble. */
export function ScreenTroubles({ device }: { device: DeviceView }) {
  const t = useTranslations("screen");
  const why = useTranslations("offlineReason");
  const format = useFormatter();
  const bytes = useBytes();
  const since = device.lastHeardAt
    ? format.dateTime(new Date(device.lastHeardAt), {
        dateStyle: "medium",
        timeStyle: "short",
        timeZone: device.timeZone,
      })
    : "";
  return (
    <div className="grid gap-2 empty:hidden">
      {device.status === "offline" ? (
        <Notice tone="danger" icon={<WifiOff aria-hidden />}>
          <p className="font-medium">{device.offlineReason ? why(device.offlineReason) : t("offline")}</p>
          <p className="text-sm">{since ? t("offlineSince", { since }) : t("offlinePlaysOn")}</p>
        </Notice>
      ) : null}
      {device.status === "never" ? (
        <Notice tone="neutral" icon={<CircleDashed aria-hidden />}>
          {why("never_connected")}
        </Notice>
      ) : null}
      {device.status === "revoked" ? (
        <Notice tone="danger" icon={<Ban aria-hidden />}>
          {why("revoked")}
        </Notice>
      ) : null}
      {device.status === "idle" ? (
        <Notice tone="neutral" icon={<CirclePause aria-hidden />}>
          {device.effectivePlaylist ? t("idleEmpty", { name: device.effectivePlaylist.name }) : t("idle")}
        </Notice>
      ) : null}
      {device.sync && device.sync.filesReady < device.sync.filesTotal ? (
        <Notice tone="accent" icon={<DownloadCloud aria-hidden />}>
          <p className="tabular mb-1.5">
            {t("syncing", {
              ready: device.sync.filesReady,
              total: device.sync.filesTotal,
              bytes: `${bytes(device.sync.bytesReady)} / ${bytes(device.sync.bytesTotal)}`,
            })}
          </p>
          <Progress
            value={device.sync.bytesTotal > 0 ? device.sync.bytesReady / device.sync.bytesTotal : null}
            label={t("syncLabel")}
          />
        </Notice>
      ) : null}
      {device.faults.length > 0 ? (
        <Notice tone="warning" icon={<TriangleAlert aria-hidden />}>
          <p className="font-medium">{t("faults", { count: device.faults.length })}</p>
          <ul className="grid text-sm">
            {device.faults.map((fault, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: faults have no id, and two may be alike
              <li key={`${fault.kind}-${index}`} className="break-words">
                {fault.text}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </div>
  );
}
