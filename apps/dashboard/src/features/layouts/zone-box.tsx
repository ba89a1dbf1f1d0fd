import type { ZoneInput } from "@vitrine/core/model/layout";
import { cn } from "@vitrine/ui/cn";
import { Star, TriangleAlert } from "lucide-react";
import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslations } from "use-intl";
import { percent } from "./aspects.ts";
import type { ZoneActs } from "./use-zone-acts.ts";
import type { PlaylistLook } from "./use-zone-pictures.ts";
import { ZonePictures } from "./zone-pictures.tsx";

/** One zone on the canvas: the pictures of what plays in it, its name, and whether it is the main one. */
export function ZoneBox({
  zone,
  ratio,
  depth,
  isMain,
  isSelected,
  hasFault,
  look,
  acts,
  onKey,
  onGrab,
}: {
  zone: ZoneInput;
  ratio: number;
  /** How many zones lie under it. */
  depth: number;
  isMain: boolean;
  isSelected: boolean;
  hasFault: boolean;
  look: PlaylistLook | undefined;
  acts: ZoneActs;
  onKey: (event: KeyboardEvent, zoneId: string) => void;
  onGrab?: (event: PointerEvent) => void;
}) {
  const t = useTranslations("layout");
  const plays = look?.name ?? (zone.playlistId === null ? t("nothing") : t("somePlaylist"));
  return (
    <button
      type="button"
      ref={acts.keep(zone.id)}
      data-zone={zone.id}
      aria-pressed={isSelected}
      aria-label={t(isMain ? "mainZoneLabel" : "zoneLabel", { name: zone.name, plays, ...acts.places(zone) })}
      onFocus={() => acts.select(zone.id)}
      onPointerDown={onGrab}
      onKeyDown={(event) => onKey(event, zone.id)}
      className={cn(
        "group absolute touch-none overflow-hidden p-px text-start outline-offset-0 focus-visible:outline-[3px] focus-visible:outline-white",
        onGrab && "cursor-move!",
      )}
      style={{
        left: percent(zone.left),
        top: percent(zone.top),
        width: percent(zone.width),
        height: percent(zone.height),
        zIndex: depth + 1,
      }}
    >
      <span
        className={cn(
          "relative block size-full overflow-hidden bg-zinc-800",
          zone.playlistId === null &&
            "bg-[repeating-linear-gradient(135deg,var(--color-zinc-800)_0_8px,var(--color-zinc-900)_8px_16px)]",
          isMain ? "ring-1 ring-indigo-300 ring-inset" : "ring-1 ring-white/30 ring-inset",
        )}
      >
        <ZonePictures urls={look?.thumbnailUrls ?? []} isTall={zone.height > zone.width * ratio} />
        <span className="absolute start-0 top-0 grid max-w-full gap-px rounded-ee-md bg-black/75 px-1.5 py-1 text-white text-xs leading-4">
          <span className="flex min-w-0 items-center gap-1 font-medium">
            {hasFault ? <TriangleAlert aria-hidden className="size-3 shrink-0 text-amber-300" /> : null}
            {isMain ? <Star aria-hidden className="size-3 shrink-0 fill-indigo-300 text-indigo-300" /> : null}
            <span className="truncate">{zone.name}</span>
          </span>{" "}
          {plays && zone.height > 0.16 ? <span className="truncate text-zinc-300">{plays}</span> : null}
        </span>
      </span>
    </button>
  );
}
