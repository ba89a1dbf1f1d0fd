import type { LayoutAspect } from "@vitrine/core/model/layout";
import { cn } from "@vitrine/ui/cn";
import { ASPECT_RATIO, percent } from "./aspects.ts";
import type { Box } from "./zone-geometry.ts";
import { ZonePictures } from "./zone-pictures.tsx";

/** A zone as it is drawn small. */
export type DrawnZone = Box & {
  id: string;
  name: string;
  isMain: boolean;
  urls?: readonly string[] | undefined;
};

/** A layout drawn in its true aspect, inside a box of 16:9. Says nothing by itself: its name stands beside it. */
export function LayoutDrawing({
  aspect,
  zones,
  areNamesShown = true,
  className,
}: {
  aspect: LayoutAspect;
  zones: readonly DrawnZone[];
  areNamesShown?: boolean;
  className?: string;
}) {
  const ratio = ASPECT_RATIO[aspect];
  return (
    <div
      aria-hidden
      dir="ltr"
      className={cn("grid aspect-video w-full place-items-center overflow-hidden", className)}
    >
      <div
        className={cn("relative overflow-hidden rounded-xs bg-glass", ratio >= 16 / 9 ? "w-full" : "h-full")}
        style={{ aspectRatio: ratio }}
      >
        {zones.map((zone) => (
          <div
            key={zone.id}
            className="absolute p-px"
            style={{
              left: percent(zone.left),
              top: percent(zone.top),
              width: percent(zone.width),
              height: percent(zone.height),
            }}
          >
            <div
              className={cn(
                "relative grid size-full place-items-center overflow-hidden rounded-[2px] ring-1 ring-white/20 ring-inset",
                zone.isMain ? "bg-accent" : "bg-zinc-700",
              )}
            >
              <ZonePictures urls={zone.urls ?? []} isTall={zone.height > zone.width * ratio} />
              {areNamesShown && zone.width * ratio > 0.3 && zone.height > 0.1 ? (
                <span
                  className={cn(
                    "relative max-w-full truncate px-1.5 text-white text-xs",
                    zone.urls?.length && "rounded-xs bg-black/70",
                  )}
                >
                  {zone.name}
                </span>
              ) : null}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
