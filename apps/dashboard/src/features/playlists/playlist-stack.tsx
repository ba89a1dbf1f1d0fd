import { cn } from "@vitrine/ui/cn";
import { ListVideo } from "lucide-react";

/** A playlist within another, drawn as a stack of pictures with how many there are. */
export function PlaylistStack({
  count,
  pictureUrl,
  className,
}: {
  count: number;
  pictureUrl: string | undefined;
  className?: string;
}) {
  return (
    <div aria-hidden className={cn("relative", className)}>
      <div className="absolute inset-x-2.5 top-0 h-3 rounded-sm border border-control/60 bg-sunken" />
      <div className="absolute inset-x-1.5 top-[3px] h-3 rounded-sm border border-control/60 bg-sunken" />
      <div className="absolute inset-x-0 top-1.5 bottom-0 grid place-items-center overflow-hidden rounded-sm border border-control/60 bg-accent-soft text-accent-text">
        {pictureUrl ? (
          <img src={pictureUrl} alt="" loading="lazy" className="absolute inset-0 size-full object-cover" />
        ) : null}
        <span
          className={cn(
            "relative flex items-center gap-1 rounded-sm px-1",
            pictureUrl && "bg-black/75 text-white",
          )}
        >
          <ListVideo className="size-3.5 max-sm:hidden" />
          <span className="tabular font-semibold text-sm">{count}</span>
        </span>
      </div>
    </div>
  );
}
