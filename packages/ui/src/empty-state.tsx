import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** Nothing here: an icon, one sentence that teaches, and the button that changes it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  className,
}: {
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={cn(
        "grid justify-items-center gap-3 rounded-lg border border-dashed px-6 py-14 text-center",
        className,
      )}
    >
      <div className="grid size-11 place-items-center rounded-lg bg-accent-soft text-accent-text [&_svg]:size-5">
        {icon}
      </div>
      <div className="grid max-w-md gap-1">
        <p className="font-semibold text-lg">{title}</p>
        {children ? <div className="text-balance text-muted">{children}</div> : null}
      </div>
      {action ? <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
