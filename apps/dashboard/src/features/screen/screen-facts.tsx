import type { DeviceView } from "@vitrine/core/model/device";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useBytes } from "../../lib/use-bytes.ts";

/** What a screen is made of and how it feels, by its own report. */
export function ScreenFacts({ device }: { device: DeviceView }) {
  const t = useTranslations("screen");
  const format = useFormatter();
  const bytes = useBytes();
  const { hardware, vitals } = device;
  const uptime = useUptime();
  return (
    <section aria-label={t("facts")} className="grid gap-4 rounded-lg border bg-raised p-4">
      <FactList
        title={t("machine")}
        facts={[
          [t("fact.model"), hardware?.model],
          [t("fact.os"), hardware?.os],
          [t("fact.version"), hardware?.appVersion],
          [t("fact.shell"), hardware ? t(`shell.${hardware.shell}`) : null],
          [
            t("fact.display"),
            hardware ? t("pixels", { width: hardware.displayWidth, height: hardware.displayHeight }) : null,
          ],
          [t("fact.paired"), format.dateTime(new Date(device.pairedAt), { dateStyle: "medium" })],
        ]}
      />
      {vitals ? (
        <FactList
          title={t("vitals")}
          facts={[
            [t("fact.uptime"), uptime(vitals.uptimeSeconds)],
            [t("fact.memory"), vitals.memoryUsedBytes === null ? null : bytes(vitals.memoryUsedBytes)],
            [
              t("fact.disk"),
              vitals.diskFreeBytes === null ? null : t("free", { bytes: bytes(vitals.diskFreeBytes) }),
            ],
            [
              t("fact.cpu"),
              vitals.cpuLoad === null ? null : format.number(vitals.cpuLoad, { maximumFractionDigits: 2 }),
            ],
            [
              t("fact.temperature"),
              vitals.temperatureCelsius === null
                ? null
                : format.number(vitals.temperatureCelsius, {
                    style: "unit",
                    unit: "celsius",
                    maximumFractionDigits: 0,
                  }),
            ],
            [
              t("fact.clock"),
              vitals.clockOffsetMs === null
                ? null
                : format.number(Math.round(vitals.clockOffsetMs), { style: "unit", unit: "millisecond" }),
            ],
            [t("fact.restarts"), format.number(vitals.stageRestarts)],
          ]}
        />
      ) : (
        <p className="text-muted">{t("noVitals")}</p>
      )}
    </section>
  );
}

function FactList({ title, facts }: { title: string; facts: [string, ReactNode][] }) {
  return (
    <div className="grid gap-2">
      <h2 className="font-medium">{title}</h2>
      <dl className="tabular grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5">
        {facts
          .filter(([, value]) => value !== null && value !== undefined && value !== "")
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}

function useUptime(): (seconds: number) => string {
  const format = useFormatter();
  return (seconds) => {
    const [value, unit] =
      seconds < 3600
        ? ([Math.floor(seconds / 60), "minute"] as const)
        : seconds < 172_800
          ? ([Math.floor(seconds / 3600), "hour"] as const)
          : ([Math.floor(seconds / 86_400), "day"] as const);
    return format.number(value, { style: "unit", unit, unitDisplay: "long" });
  };
}
