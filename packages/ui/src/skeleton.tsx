import { cn } from "./cn.ts";

/** A place where something will be, in its shape. The view around it says once that it is loading. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("shimmer rounded-md", className)} />;
}
