import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import type { Tone } from "./status.tsx";

const EDGE: Record<Tone, string> = {
  success: "bg-edge-success",
  warning: "bg-edge-warning",
  danger: "bg-edge-danger",
  accent: "bg-accent",
  neutral: "bg-edge-neutral",
};

/**
 * A screen drawn as a screen: its glass in true aspect (width to height, as hung), a bezel, and an
 * edge in the colour of its state. Fills the width of its box; the glass stays inside 16:9 of it.
 */
export function ScreenFrame({
  width,
  height,
  tone,
  isDim = false,
  isSmall = false,
  className,
  children,
}: {
  width: number;
  height: number;
  tone: Tone;
  isDim?: boolean;
  /** For rows: a thinner bezel, and the edge along the whole of it. */
  isSmall?: boolean;
  className?: string;
  children?: ReactNode;
}) {
  const isWide = width / height >= 16 / 9;
  return (
    <div className={cn(isSmall ? "p-0.5 pb-1.5" : "p-1 pb-2.5", className)}>
      <div className="grid aspect-video w-full place-items-center">
        <div
          className={cn("relative", isWide ? "w-full" : "h-full")}
          style={{ aspectRatio: `${width} / ${height}` }}
        >
          <div
            className={cn(
              "absolute bg-bezel",
              isSmall ? "-inset-0.5 -bottom-1.5 rounded-sm" : "-inset-1 -bottom-2.5 rounded-md",
            )}
          />
          <div
            className={cn(
              "absolute inset-0 overflow-hidden rounded-xs bg-glass text-zinc-300",
              isDim && "*:opacity-45 *:grayscale",
            )}
          >
            {children}
          </div>
          <div
            className={cn(
              "absolute start-1/2 h-[3px] -translate-x-1/2 rounded-full rtl:translate-x-1/2",
              isSmall ? "-bottom-[4.5px] w-3/4" : "-bottom-[6.5px] w-10",
              EDGE[tone],
            )}
          />
        </div>
      </div>
    </div>
  );
}
