import { Link } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import type { ManifestPreview } from "@vitrine/core/model/manifest";
import { buttonClass } from "@vitrine/ui/button";
import { Maximize2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { DayPreview } from "../preview/day-preview.tsx";
import { momentText } from "../preview/moment.ts";
import { useMoment } from "../preview/use-moment.ts";
import { glassOf } from "../screens/device-status.tsx";

/** What a screen should be showing, now and at any moment of today, on its own page. */
export function ScreenPreview({ device, preview }: { device: DeviceView; preview: ManifestPreview }) {
  const t = useTranslations("moment");
  const [startMs] = useState(() => Date.now());
  const [settledMs, setSettled] = useState<number | null>(null);
  const moment = useMoment(preview, { startMs, runsAtFirst: true });
  const { width, height } = glassOf(device);
  return (
    <div className="grid gap-3">
      <DayPreview moment={moment} width={width} height={height} onSettled={setSettled} />
      <Link
        to="/screens/$deviceId/preview"
        params={{ deviceId: device.id }}
        search={settledMs === null ? {} : { at: momentText(moment.timeZone, settledMs) }}
        className={buttonClass("secondary", "md", "justify-self-start")}
      >
        <Maximize2 aria-hidden />
        {t("open")}
      </Link>
    </div>
  );
}
