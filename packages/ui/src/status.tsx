import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export type Tone = "success" | "warning" | "danger" | "accent" | "neutral";

const TEXT: Record<Tone, string> = {
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
  accent: "text-accent-text",
  neutral: "text-muted",
};
const SOFT: Record<Tone, string> = {
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  accent: "bg-accent-soft text-accent-text",
  neutral: "bg-sunken text-muted",
};

/** A state by colour, shape and word. */
export function Status({
  tone,
  icon,
  className,
  children,
}: {
  tone: Tone;
  icon: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        "inline-flex min-w-0 items-center gap-1.5 font-medium text-sm [&_svg]:size-3.5 [&_svg]:shrink-0",
        TEXT[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A word in a soft box, such as a tag or a mark. */
export function Badge({
  tone = "neutral",
  icon,
  className,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        "inline-flex h-5 min-w-0 max-w-full items-center gap-1 rounded-sm px-1.5 font-medium text-xs [&_svg]:size-3 [&_svg]:shrink-0",
        SOFT[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
