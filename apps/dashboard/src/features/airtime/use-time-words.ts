import { useFormatter } from "use-intl";
import { useLengthWords } from "../../lib/use-length-words.ts";

/** Says a length of time and a share of it in few words. */
export function useTimeWords(): { length: (ms: number) => string; share: (fraction: number) => string } {
  const format = useFormatter();
  return {
    length: useLengthWords(),
    share: (fraction) =>
      format.number(fraction, { style: "percent", maximumFractionDigits: fraction < 0.1 ? 1 : 0 }),
  };
}
