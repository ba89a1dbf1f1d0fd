import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { veilClass } from "./dialog.tsx";

/** A sheet from the inline start, for navigation on a narrow window. */
export function Drawer({
  isOpen,
  onClose,
  label,
  children,
}: {
  isOpen: boolean;
  onClose: () => void;
  label: string;
  children: ReactNode;
}) {
  return (
    <Base.Root open={isOpen} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={veilClass} />
        <Base.Viewport className="fixed inset-0 z-40 flex">
          <Base.Popup
            aria-label={label}
            className="flex h-dvh w-72 max-w-[85vw] flex-col overflow-y-auto border-e bg-raised outline-none transition data-ending-style:-translate-x-2 data-starting-style:-translate-x-2 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
