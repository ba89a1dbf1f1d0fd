import type { DeviceView } from "@vitrine/core/model/device";
import { EmptyState } from "@vitrine/ui/empty-state";
import { Notice } from "@vitrine/ui/notice";
import { HeartPulse, TriangleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { useBytes } from "../../lib/use-bytes.ts";
import { type Fact, FactList } from "./facts.tsx";
import { judgeLoad } from "./health-judgement.ts";
import { Meter } from "./meter.tsx";
import { useHealthWords } from "./use-health-words.ts";

/** How a screen is, by its own latest figures; what a machine does not tell is said once, by name. */
export function HealthTab({ device }: { device: DeviceView }) {
  const t = useTranslations("health");
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  const bytes = useBytes();
  const words = useHealthWords();
  const { vitals, hardware, display, update } = device;
  if (!vitals && !hardware) {
    return (
      <EmptyState icon={<HeartPulse aria-hidden />} title={t("none")}>
        {t("noneText")}
      </EmptyState>
    );
  }
  const size = (value: number | null | undefined) =>
    value === null || value === undefined ? null : bytes(value);
  return (
    <div className="grid gap-4">
      {device.lastHeardAt ? (
        <p className="text-muted text-sm">
          {t("asOf", { ago: format.relativeTime(new Date(device.lastHeardAt), now) })}
        </p>
      ) : null}
      <div className="grid items-start gap-4 md:grid-cols-2">
        <div className="grid gap-4">
          <Group
            title={t("group.machine")}
            top={
              vitals ? (
                <>
                  <Meter
                    name={t("memory")}
                    used={vitals.memoryUsedBytes}
                    total={vitals.memoryTotalBytes}
                    say={(used, total) => t("used", { used: bytes(used), total: bytes(total) })}
                  />
                  <Meter
                    name={t("disk")}
                    used={
                      vitals.diskTotalBytes === null || vitals.diskFreeBytes === null
                        ? null
                        : vitals.diskTotalBytes - vitals.diskFreeBytes
                    }
                    total={vitals.diskTotalBytes}
                    say={(used, total) => t("free", { free: bytes(total - used), total: bytes(total) })}
                  />
                </>
              ) : null
            }
            facts={[
              ...(vitals
                ? [
                    ...(vitals.memoryTotalBytes === null
                      ? [{ name: t("memory"), value: size(vitals.memoryUsedBytes) }]
                      : vitals.memoryUsedBytes === null
                        ? [{ name: t("memory"), value: null }]
                        : []),
                    ...(vitals.diskTotalBytes === null || vitals.diskFreeBytes === null
                      ? [
                          {
                            name: t("disk"),
                            value:
                              vitals.diskFreeBytes === null
                                ? null
                                : t("freeOnly", { free: bytes(vitals.diskFreeBytes) }),
                          },
                        ]
                      : []),
                    {
                      name: t("cpu"),
                      value:
                        vitals.cpuLoad === null
                          ? null
                          : `${t("cpuIs", { percent: words.percent(vitals.cpuLoad) })}, ${t(`judgement.${judgeLoad(vitals.cpuLoad)}`)}`,
                    },
                    { name: t("temperature"), value: words.temperature(vitals) },
                    {
                      name: t("network"),
                      value: vitals.network ? t("networkIs", vitals.network) : null,
                    },
                  ]
                : []),
              { name: t("model"), value: hardware?.model || null },
              { name: t("os"), value: hardware?.os || null },
            ]}
          />
          <Group
            title={t("group.display")}
            problem={display?.problem ?? null}
            facts={[
              { name: t("displayObserved"), value: display ? t(display.observed) : null },
              { name: t("displayDesired"), value: display ? t(display.desired) : null },
              { name: t("displayOutput"), value: display?.output ?? null },
              {
                name: t("displayBackendName"),
                value: display ? t(`displayBackend.${display.backend}`) : null,
              },
              {
                name: t("panel"),
                value:
                  hardware && hardware.displayWidth > 0
                    ? t("pixels", { width: hardware.displayWidth, height: hardware.displayHeight })
                    : null,
              },
            ]}
          />
          <Group
            title={t("group.clock")}
            facts={[{ name: t("clock"), value: vitals ? words.clock(vitals) : null }]}
          />
        </div>
        <Group
          title={t("group.player")}
          top={
            vitals ? (
              <Meter
                name={t("cache")}
                used={vitals.cacheBytes}
                total={vitals.cacheLimitBytes}
                isMeantToFill
                say={(used, total) => t("used", { used: bytes(used), total: bytes(total) })}
              />
            ) : null
          }
          problem={update?.problem ?? null}
          facts={[
            { name: t("version"), value: hardware?.appVersion || null },
            {
              name: t("update"),
              value: update
                ? t(`updateState.${update.state}`, {
                    channel: update.channel,
                    version: update.version ?? t("unknownVersion"),
                  })
                : null,
            },
            { name: t("shell"), value: hardware ? t(`shells.${hardware.shell}`) : null },
            ...(vitals
              ? [
                  { name: t("uptime"), value: words.length(vitals.uptimeSeconds * 1000) },
                  ...(vitals.cacheBytes === null || vitals.cacheLimitBytes === null
                    ? [{ name: t("cache"), value: size(vitals.cacheBytes) }]
                    : []),
                  { name: t("engine"), value: size(vitals.engineBytes) },
                  { name: t("stage"), value: size(vitals.stageBytes) },
                  { name: t("restarts"), value: words.number(vitals.stageRestarts) },
                  {
                    name: t("frames"),
                    value: vitals.framesDropped === null ? null : words.number(vitals.framesDropped),
                  },
                  {
                    name: t("playsWaiting"),
                    value: vitals.playsWaiting === null ? null : words.number(vitals.playsWaiting),
                  },
                ]
              : []),
            {
              name: t("paired"),
              value: format.dateTime(new Date(device.pairedAt), { dateStyle: "medium" }),
            },
          ]}
        />
      </div>
    </div>
  );
}

function Group({
  title,
  facts,
  top,
  problem = null,
}: {
  title: string;
  facts: readonly Fact[];
  top?: ReactNode;
  /** What the screen says is wrong here. */
  problem?: string | null;
}) {
  const t = useTranslations("health");
  const format = useFormatter();
  const id = useId();
  const untold = facts.filter(({ value }) => value === null).map(({ name }) => name);
  return (
    <section aria-labelledby={id} className="grid gap-3 rounded-lg border bg-raised p-4">
      <h2 id={id} className="font-medium">
        {title}
      </h2>
      {problem ? (
        <Notice tone="warning" icon={<TriangleAlert aria-hidden />}>
          {t("problem", { text: problem })}
        </Notice>
      ) : null}
      {top}
      <FactList facts={facts} />
      {untold.length > 0 ? (
        <p className="text-muted text-sm">{t("notTold", { names: format.list(untold) })}</p>
      ) : null}
    </section>
  );
}
