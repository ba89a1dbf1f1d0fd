import type { AirtimeView } from "@vitrine/core/model/entry";

export type AirtimeBar = {
  id: string;
  name: string;
  plays: number;
  shownMs: number;
  /** Of the whole time, 0 to 1; zones side by side count each by itself. */
  share: number;
  /** Of the longest bar, 0 to 1. */
  length: number;
};

/** Bars of a forecast, the longest first, and how long nothing is shown (0 where zones overlap). */
export function airtimeBars({ rows, totalMs }: AirtimeView): { bars: AirtimeBar[]; idleMs: number } {
  const shownMs = rows.reduce((sum, row) => sum + row.shownMs, 0);
  const idleMs = Math.max(0, totalMs - shownMs);
  const longestMs = Math.max(1, idleMs, ...rows.map((row) => row.shownMs));
  return {
    bars: rows.map(({ asset, plays, shownMs: ms }) => ({
      id: asset.id,
      name: asset.name,
      plays,
      shownMs: ms,
      share: totalMs > 0 ? ms / totalMs : 0,
      length: ms / longestMs,
    })),
    idleMs,
  };
}
