import { cn } from "@vitrine/ui/cn";
import { Clapperboard, Image, LayoutTemplate } from "lucide-react";
import type { ShownContent } from "./shown-content.ts";

/** The sign of each kind of content that can be shown. */
export const SHOWN_ICONS = { asset: Image, playlist: Clapperboard, layout: LayoutTemplate };

/** What is shown in small: its thumbnail, or the sign of its kind. */
export function ShownPicture({
  content: { kind, thumbnailUrl },
  className,
}: {
  content: Pick<ShownContent, "kind" | "thumbnailUrl">;
  className?: string;
}) {
  const Icon = SHOWN_ICONS[kind];
  return (
    <span
      aria-hidden
      className={cn(
        "relative grid aspect-video shrink-0 place-items-center overflow-hidden rounded-sm bg-sunken text-muted [&_svg]:size-5",
        className,
      )}
    >
      {thumbnailUrl ? (
        <img src={thumbnailUrl} alt="" loading="lazy" className="absolute inset-0 size-full object-cover" />
      ) : (
        <Icon />
      )}
    </span>
  );
}
