import { useEffect } from "react";

const TOKENS = {
  accent: "--brand-accent",
  hover: "--brand-accent-hover",
  onAccent: "--brand-on-accent",
  soft: "--brand-accent-soft",
  text: "--brand-accent-text",
} as const;

const NAMES = Object.keys(TOKENS) as (keyof typeof TOKENS)[];

/**
 * Gives controls an organization's colour, `#rrggbb`, as far as it can be seen and read; null: ours. How that is worked out
 * is fetched where there is a colour.
 */
export function useAccent(color: string | null): void {
  useEffect(() => {
    if (color === null) return;
    const { style } = document.documentElement;
    let isOver = false;
    void import("@vitrine/core/model/brand-colours").then(({ accentColours }) => {
      if (isOver) return;
      const { light, dark } = accentColours(color);
      for (const name of NAMES) style.setProperty(TOKENS[name], `light-dark(${light[name]}, ${dark[name]})`);
    });
    return () => {
      isOver = true;
      for (const name of NAMES) style.removeProperty(TOKENS[name]);
    };
  }, [color]);
}
