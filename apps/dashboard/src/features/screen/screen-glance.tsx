import { Link } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import type { ReactNode } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { FactList } from "./facts.tsx";
import type { ScreenSearch } from "./screen-search.ts";
import { useHealthWords } from "./use-health-words.ts";

/** The few figures that say most about a screen, each a way to the rest of its kind. */
export function ScreenGlance({ device }: { device: DeviceView }) {
  const t = useTranslations("screen");
  const health = useTranslations("health");
  const files = useTranslations("files");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const words = useHealthWords();
  const { hardware, vitals, sync, display } = device;
  const way = (tab: ScreenSearch["tab"], children: ReactNode) => (
    <Link
      to="/screens/$deviceId"
      params={{ deviceId: device.id }}
      search={tab ? { tab } : {}}
      replace
      resetScroll={false}
      className="underline-offset-4 hover:underline"
    >
      {children}
    </Link>
  );
  return (
    <section aria-label={t("glance")} className="grid gap-2.5 rounded-lg border bg-raised p-4">
      <h2 className="font-medium">{t("glance")}</h2>
      {device.status === "offline" && device.lastHeardAt ? (
        <p className="text-muted text-sm">
          {health("asOf", { ago: format.relativeTime(new Date(device.lastHeardAt), now) })}
        </p>
      ) : null}
      {hardware || vitals ? (
        <FactList
          facts={[
            { name: health("model"), value: hardware?.model ? way("health", hardware.model) : null },
            {
              name: files("title"),
              value: sync
                ? way(
                    "files",
                    files("of", {
                      ready: words.number(sync.filesReady),
                      total: words.number(sync.filesTotal),
                    }),
                  )
                : null,
            },
            {
              name: health("display"),
              value: display ? way("health", health(display.observed)) : null,
            },
            { name: health("uptime"), value: vitals ? words.length(vitals.uptimeSeconds * 1000) : null },
            { name: health("temperature"), value: vitals ? words.temperature(vitals) : null },
            { name: health("version"), value: hardware?.appVersion || null },
          ]}
        />
      ) : (
        <p className="text-muted">{health("none")}</p>
      )}
    </section>
  );
}
