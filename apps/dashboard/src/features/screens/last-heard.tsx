import type { DeviceView } from "@vitrine/core/model/device";
import { useFormatter, useNow, useTranslations } from "use-intl";

/** When a screen was last heard, in words that go on with the clock. */
export function LastHeard({ device }: { device: Pick<DeviceView, "lastHeardAt"> }) {
  const t = useTranslations("screens");
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  if (!device.lastHeardAt) return t("neverHeard");
  const heard = new Date(device.lastHeardAt);
  if (now.getTime() - heard.getTime() < 60_000) return t("heardNow");
  return (
    <time
      dateTime={device.lastHeardAt}
      title={format.dateTime(heard, { dateStyle: "medium", timeStyle: "medium" })}
    >
      {t("heard", { when: format.relativeTime(heard, now) })}
    </time>
  );
}
