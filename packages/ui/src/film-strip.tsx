import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export type Frame = {
  key: string;
  /** Share of the strip; frames are as wide as their time is long. */
  weight: number;
  imageUrl: string | null;
  fallback?: ReactNode;
  isCurrent?: boolean;
};

/** A playlist as a strip of film, in true proportions of time. The label says what it amounts to. */
export function FilmStrip({
  frames,
  label,
  headFraction,
  className,
}: {
  frames: readonly Frame[];
  label: string;
  /** Where the playhead stands, 0 to 1 of the strip. */
  headFraction?: number | undefined;
  className?: string;
}) {
  return (
    <div
      role="img"
      aria-label={label}
      className={cn("film relative h-20 rounded-md px-1 py-[9px] ring-1 ring-border", className)}
    >
      <div className="flex h-full gap-px overflow-hidden rounded-xs">
        {frames.map((frame) => (
          <div
            key={frame.key}
            style={{ flexGrow: frame.weight }}
            className={cn(
              "relative h-full min-w-0 basis-0 overflow-hidden bg-zinc-800",
              frame.isCurrent && "shadow-[inset_0_0_0_2px_var(--brand-accent)]",
            )}
          >
            {frame.imageUrl ? (
              <img
                src={frame.imageUrl}
                alt=""
                loading="lazy"
                decoding="async"
                className={cn("size-full object-cover", frame.isCurrent && "opacity-80")}
              />
            ) : (
              <div className="grid size-full place-items-center overflow-hidden text-zinc-400 [&_svg]:size-4">
                {frame.fallback}
              </div>
            )}
          </div>
        ))}
      </div>
      {headFraction === undefined ? null : (
        <div
          className="pointer-events-none absolute inset-y-0 w-0.5 bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.5)]"
          style={{ insetInlineStart: `calc(4px + (100% - 8px) * ${headFraction})` }}
        />
      )}
    </div>
  );
}
