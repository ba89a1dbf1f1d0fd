import { cn } from "@vitrine/ui/cn";
import { ListVideo } from "lucide-react";

/** A playlist within another, drawn as a stack of pictures with how many there are. */
export function PlaylistStack({ count, className }: { count: number; className?: string }) {
  return (
    <div aria-hidden className={cn("relative", className)}>
      <div className="absolute inset-x-2.5 top-0 h-3 rounded-sm border border-control/50 bg-sunken" />
      <div className="absolute inset-x-1.5 top-[3px] h-3 rounded-sm border border-control/50 bg-sunken" />
      <div className="absolute inset-x-0 top-1.5 bottom-0 flex items-center justify-center gap-1 rounded-sm border border-control/50 bg-accent-soft text-accent-text">
        <ListVideo className="size-4 max-sm:hidden" />
        <span className="tabular font-semibold text-sm">{count}</span>
      </div>
    </div>
  );
}
