import { useFormatter, useTranslations } from "use-intl";

/** Says a length of time and a share of it in few words. */
export function useTimeWords(): { length: (ms: number) => string; share: (fraction: number) => string } {
  const t = useTranslations("airtime");
  const format = useFormatter();
  return {
    length: (ms) => {
      if (ms < 60_000) return t("duration.seconds", { seconds: Math.round(ms / 1000) });
      const minutes = Math.round(ms / 60_000);
      return minutes < 60
        ? t("duration.minutes", { minutes })
        : t("duration.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
    },
    share: (fraction) =>
      format.number(fraction, { style: "percent", maximumFractionDigits: fraction < 0.1 ? 1 : 0 }),
  };
}
