import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";

const WIDTHS = { sm: "sm:max-w-md", md: "sm:max-w-xl", lg: "sm:max-w-3xl", xl: "sm:max-w-5xl" };

/** Classes of the veil behind a dialog. */
export const veilClass =
  "fixed inset-0 z-40 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0";

/**
 * A task over the page. Escape and the veil close it, unless it cannot be put off and so has no way to be closed; focus
 * goes back to where it was.
 */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  closeLabel,
  size = "sm",
  footer,
  initialFocus,
  children,
}: {
  isOpen: boolean;
  onClose?: () => void;
  title: ReactNode;
  description?: ReactNode;
  closeLabel?: string;
  size?: keyof typeof WIDTHS;
  footer?: ReactNode;
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  return (
    <Base.Root open={isOpen} onOpenChange={(next) => (next ? undefined : onClose?.())}>
      <Base.Portal>
        <Base.Backdrop className={veilClass} />
        <Base.Viewport className="fixed inset-0 z-40 grid place-items-end overflow-hidden sm:place-items-center sm:p-6">
          <Base.Popup
            {...(initialFocus ? { initialFocus } : {})}
            className={cn(
              "flex max-h-[92dvh] w-full flex-col overflow-hidden rounded-t-xl border bg-raised shadow-lift outline-none transition duration-120 data-ending-style:translate-y-1 data-starting-style:translate-y-1 data-ending-style:opacity-0 data-starting-style:opacity-0 sm:max-h-[88dvh] sm:rounded-xl",
              WIDTHS[size],
            )}
          >
            <header className="flex items-start gap-4 px-5 pt-4 pb-3">
              <div className="grid min-w-0 grow gap-1">
                <Base.Title className="break-words font-semibold text-lg">{title}</Base.Title>
                {description ? (
                  <Base.Description className="text-muted">{description}</Base.Description>
                ) : null}
              </div>
              {closeLabel ? (
                <Base.Close
                  render={
                    <IconButton label={closeLabel} className="-me-2 -mt-1">
                      <X aria-hidden />
                    </IconButton>
                  }
                />
              ) : null}
            </header>
            <div className="min-h-0 grow overflow-y-auto px-5 pt-1 pb-5">{children}</div>
            {footer ? (
              <footer className="flex flex-wrap items-center justify-end gap-2 border-t bg-surface px-5 py-3">
                {footer}
              </footer>
            ) : null}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
