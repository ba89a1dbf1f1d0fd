import type { DeviceStatus, DeviceView } from "@vitrine/core/model/device";
import { Status, type Tone } from "@vitrine/ui/status";
import {
  Ban,
  CircleDashed,
  CirclePause,
  DownloadCloud,
  type LucideIcon,
  Play,
  TriangleAlert,
  WifiOff,
} from "lucide-react";
import { useTranslations } from "use-intl";

/** Colour and shape of each status. */
export const STATUS_LOOK: Record<DeviceStatus, { tone: Tone; icon: LucideIcon }> = {
  playing: { tone: "success", icon: Play },
  syncing: { tone: "accent", icon: DownloadCloud },
  idle: { tone: "neutral", icon: CirclePause },
  trouble: { tone: "warning", icon: TriangleAlert },
  offline: { tone: "danger", icon: WifiOff },
  never: { tone: "neutral", icon: CircleDashed },
  revoked: { tone: "danger", icon: Ban },
};

/** A screen's status by colour, shape and word. */
export function DeviceStatusLine({ status, className }: { status: DeviceStatus; className?: string }) {
  const t = useTranslations("deviceStatus");
  const { tone, icon: Icon } = STATUS_LOOK[status];
  return (
    <Status tone={tone} icon={<Icon aria-hidden />} {...(className ? { className } : {})}>
      {t(status)}
    </Status>
  );
}

/** The glass of a screen as it hangs, in pixels; full HD while it has not told. */
export function glassOf(device: Pick<DeviceView, "hardware" | "rotation">): {
  width: number;
  height: number;
} {
  const width = device.hardware?.displayWidth || 1920;
  const height = device.hardware?.displayHeight || 1080;
  return device.rotation === 90 || device.rotation === 270
    ? { width: height, height: width }
    : { width, height };
}
