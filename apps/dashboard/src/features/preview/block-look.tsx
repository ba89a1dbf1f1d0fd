import { cn } from "@vitrine/ui/cn";
import type { CSSProperties } from "react";
import type { lookOf } from "./holder-names.ts";

type Look = ReturnType<typeof lookOf>;

const CLASSES: Record<Look["kind"], string> = {
  idle: "bg-[repeating-linear-gradient(-45deg,var(--color-border)_0_1px,transparent_1px_7px)] text-muted",
  plain: "bg-hover text-text",
  urgent: "bg-danger-solid text-white",
  entry: "",
};

/** Classes and style of a block of the day; those in turn are striped in their hues. */
export function blockLook(
  { kind, hues }: Look,
  className?: string,
): { className: string; style: CSSProperties } {
  return { className: cn(CLASSES[kind], className), style: kind === "entry" ? huesStyle(hues) : {} };
}

function huesStyle(hues: readonly number[]): CSSProperties {
  const colours = hues.map((hue) => `light-dark(oklch(0.88 0.075 ${hue}), oklch(0.38 0.085 ${hue}))`);
  const color = `light-dark(oklch(0.28 0.08 ${hues[0] ?? 0}), oklch(0.96 0.02 ${hues[0] ?? 0}))`;
  if (colours.length < 2) return { background: colours[0], color };
  const stripes = colours.map((colour, index) => `${colour} ${index * 10}px ${(index + 1) * 10}px`);
  return { background: `repeating-linear-gradient(-60deg, ${stripes.join(", ")})`, color };
}
