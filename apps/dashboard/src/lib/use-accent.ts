import { accentColours } from "@vitrine/core/model/brand-colours";
import { useEffect } from "react";

const TOKENS = {
  accent: "--brand-accent",
  hover: "--brand-accent-hover",
  onAccent: "--brand-on-accent",
  soft: "--brand-accent-soft",
  text: "--brand-accent-text",
} as const;

/** Gives controls an organization's colour, `#rrggbb`, as far as it can be seen and read; null: ours. */
export function useAccent(color: string | null): void {
  useEffect(() => {
    if (color === null) return;
    const { light, dark } = accentColours(color);
    const { style } = document.documentElement;
    const names = Object.keys(TOKENS) as (keyof typeof TOKENS)[];
    for (const name of names) style.setProperty(TOKENS[name], `light-dark(${light[name]}, ${dark[name]})`);
    return () => {
      for (const name of names) style.removeProperty(TOKENS[name]);
    };
  }, [color]);
}
