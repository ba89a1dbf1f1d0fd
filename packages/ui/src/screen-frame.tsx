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
 * edge in the colour of its state. Fills the width of its box and stays inside 16:9 of it.
 */
export function ScreenFrame({
  width,
  height,
  tone,
  isDim = false,
  className,
  children,
}: {
  width: number;
  height: number;
  tone: Tone;
  isDim?: boolean;
  className?: string;
  children?: ReactNode;
}) {
  const isWide = width / height >= 16 / 9;
  return (
    <div className={cn("grid aspect-video w-full place-items-center overflow-hidden", className)}>
      <div
        className={cn(
          "relative flex min-h-0 min-w-0 flex-col overflow-hidden rounded-md bg-bezel p-[3px] pb-0",
          isWide ? "w-full" : "h-full",
        )}
        style={{ aspectRatio: `${width} / ${height}` }}
      >
        <div
          className={cn(
            "relative min-h-0 w-full grow overflow-hidden rounded-xs bg-glass text-zinc-300",
            isDim && "*:opacity-45 *:grayscale",
          )}
        >
          {children}
        </div>
        <div className="flex h-[7px] items-center justify-center">
          <div className={cn("h-[3px] w-10 rounded-full", EDGE[tone])} />
        </div>
      </div>
    </div>
  );
}
