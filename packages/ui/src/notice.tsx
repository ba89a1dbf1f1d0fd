import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import type { Tone } from "./status.tsx";

const BOX: Record<Tone, string> = {
  success: "border-success/30 bg-success-soft [&>svg]:text-success",
  warning: "border-warning/30 bg-warning-soft [&>svg]:text-warning",
  danger: "border-danger/30 bg-danger-soft [&>svg]:text-danger",
  accent: "border-accent/30 bg-accent-soft [&>svg]:text-accent-text",
  neutral: "bg-sunken [&>svg]:text-muted",
};

/** A line in the page about its state: out of date, partial, in trouble. */
export function Notice({
  tone,
  icon,
  action,
  isUrgent = false,
  className,
  children,
}: {
  tone: Tone;
  icon: ReactNode;
  action?: ReactNode;
  isUrgent?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      role={isUrgent ? "alert" : "status"}
      className={cn(
        "flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border px-3 py-2 [&>svg]:size-4 [&>svg]:shrink-0",
        BOX[tone],
        className,
      )}
    >
      {icon}
      <div className="min-w-0 grow basis-48 break-words">{children}</div>
      {action}
    </div>
  );
}
