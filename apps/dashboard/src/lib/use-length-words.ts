import { useFormatter, useTranslations } from "use-intl";

/** Says how long something took in its two largest units: `12 s`, `5 min`, `3 h 20 min`, `2 d 4 h`. */
export function useLengthWords(): (ms: number) => string {
  const t = useTranslations("length");
  const format = useFormatter();
  return (ms) => {
    const seconds = Math.round(ms / 1000);
    if (seconds < 60) return t("seconds", { seconds: format.number(seconds) });
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return t("minutes", { minutes: format.number(minutes) });
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return t("hours", { hours: format.number(hours), minutes: minutes % 60 });
    const wholeHours = Math.round(minutes / 60);
    return t("days", { days: format.number(Math.floor(wholeHours / 24)), hours: wholeHours % 24 });
  };
}
