import type { DeviceView } from "@vitrine/core/model/device";
import { Badge } from "@vitrine/ui/status";
import { Copy, History, MonitorOff, RotateCw } from "lucide-react";
import { useTranslations } from "use-intl";

/** What is out of the ordinary about a screen besides its status: a copied identity, a dark display, old content. */
export function DeviceMarks({ device }: { device: DeviceView }) {
  const t = useTranslations("screens.mark");
  const isHeard = device.status === "playing" || device.status === "trouble" || device.status === "idle";
  return (
    <>
      {device.identityCopiedAt && device.isActive ? (
        <Badge tone="danger" icon={<Copy aria-hidden />} className="shrink-0">
          {t("copied")}
        </Badge>
      ) : null}
      {device.isRecovering ? (
        <Badge tone="warning" icon={<RotateCw aria-hidden />} className="shrink-0">
          {t("recovering")}
        </Badge>
      ) : null}
      {isHeard && device.display?.observed === "off" ? (
        <Badge icon={<MonitorOff aria-hidden />} className="shrink-0">
          {t("displayOff")}
        </Badge>
      ) : null}
      {isHeard && !device.isUpToDate ? (
        <Badge tone="accent" icon={<History aria-hidden />} className="shrink-0">
          {t("behind")}
        </Badge>
      ) : null}
    </>
  );
}
