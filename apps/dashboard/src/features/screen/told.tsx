import type { ReactNode } from "react";

/** A setting that one may see and not change. */
export function Told({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <p className="text-muted text-sm">{name}</p>
      <div className="break-words">{children}</div>
    </div>
  );
}
