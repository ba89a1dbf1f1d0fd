import type { LayoutAspect } from "@vitrine/core/model/layout";

/** Width by height of each aspect. */
export const ASPECT_RATIO: Record<LayoutAspect, number> = {
  "16:9": 16 / 9,
  "9:16": 9 / 16,
  "4:3": 4 / 3,
  "3:4": 3 / 4,
  "1:1": 1,
  "21:9": 21 / 9,
};

/** A fraction as CSS writes it. */
export function percent(fraction: number): string {
  return `${fraction * 100}%`;
}
