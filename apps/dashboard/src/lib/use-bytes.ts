import { bytesInUnit } from "@vitrine/core/model/bytes";
import { useFormatter } from "use-intl";

/** Writes sizes for people, in the page's language: `4.2 MB`. */
export function useBytes(): (sizeBytes: number) => string {
  const format = useFormatter();
  return (sizeBytes) => {
    const { value, unit } = bytesInUnit(sizeBytes);
    const maximumFractionDigits = value < 10 && unit !== "byte" ? 1 : 0;
    return format.number(value, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits });
  };
}
