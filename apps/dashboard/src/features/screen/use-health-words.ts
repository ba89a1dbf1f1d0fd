import type { DeviceVitals } from "@vitrine/core/model/device";
import { useFormatter, useTranslations } from "use-intl";
import { useLengthWords } from "../../lib/use-length-words.ts";
import { judgeClock, judgeTemperature } from "./health-judgement.ts";

/** Puts figures of a machine into words and units of the page's language; null where the machine does not tell. */
export function useHealthWords() {
  const t = useTranslations("health");
  const format = useFormatter();
  const length = useLengthWords();
  const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 0 });
  const milliseconds = (ms: number) =>
    format.number(Math.round(ms), { style: "unit", unit: "millisecond", unitDisplay: "short" });
  const amount = (ms: number) => (Math.abs(ms) < 1000 ? milliseconds(Math.abs(ms)) : length(Math.abs(ms)));
  return {
    length,
    percent,
    number: (value: number) => format.number(value),
    temperature({ temperatureCelsius: celsius }: DeviceVitals): string | null {
      if (celsius === null) return null;
      const figure = format.number(celsius, { style: "unit", unit: "celsius", maximumFractionDigits: 0 });
      return `${figure}, ${t(`judgement.${judgeTemperature(celsius)}`)}`;
    },
    clock({ clockOffsetMs, clockErrorMs }: DeviceVitals): string | null {
      if (clockOffsetMs === null) return null;
      const state = judgeClock(clockOffsetMs);
      const offset =
        state === "right"
          ? t("clockRight")
          : t("clockOff", { amount: amount(clockOffsetMs), direction: state });
      return clockErrorMs === null ? offset : t("clockWithin", { offset, error: amount(clockErrorMs) });
    },
  };
}
