import { Clapperboard, FileImage } from "lucide-react";
import type { ContentChoice } from "./override-queries.ts";

/** Content in small: its thumbnail, or a layout's zones. */
export function ContentPicture({
  content: { kind, thumbnailUrl, zones },
  className = "",
}: {
  content: Pick<ContentChoice, "kind" | "thumbnailUrl" | "zones">;
  className?: string;
}) {
  const Icon = kind === "playlist" ? Clapperboard : FileImage;
  return (
    <span
      aria-hidden
      className={`relative grid place-items-center overflow-hidden rounded-sm bg-glass ${className}`}
    >
      {thumbnailUrl ? (
        <img src={thumbnailUrl} alt="" loading="lazy" className="absolute inset-0 size-full object-contain" />
      ) : zones.length > 0 ? (
        zones.map((zone) => (
          <span
            key={zone.id}
            className="absolute rounded-[1px] border border-zinc-950 bg-zinc-500"
            style={{
              left: `${zone.left * 100}%`,
              top: `${zone.top * 100}%`,
              width: `${zone.width * 100}%`,
              height: `${zone.height * 100}%`,
            }}
          />
        ))
      ) : (
        <Icon className="size-4 text-zinc-400" />
      )}
    </span>
  );
}
