import { Progress as Base } from "@base-ui/react/progress";
import { cn } from "./cn.ts";
import type { Tone } from "./status.tsx";

const FILL: Record<Tone, string> = {
  success: "bg-edge-success",
  warning: "bg-edge-warning",
  danger: "bg-edge-danger",
  accent: "bg-accent",
  neutral: "bg-edge-neutral",
};

/** How far something has come, 0 to 1; null while that is not known. */
export function Progress({
  value,
  label,
  tone = "accent",
  className,
}: {
  value: number | null;
  label: string;
  tone?: Tone;
  className?: string;
}) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <Base.Root value={percent} aria-label={label} className={className}>
      <Base.Track className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <Base.Indicator
          className={cn("h-full transition-[width]", FILL[tone], percent === null && "w-1/3! animate-pulse")}
        />
      </Base.Track>
    </Base.Root>
  );
}
