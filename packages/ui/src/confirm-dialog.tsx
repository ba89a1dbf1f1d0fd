import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import { type ReactNode, useRef } from "react";
import { Button } from "./button.tsx";
import { veilClass } from "./dialog.tsx";

/** Asks before something that matters, naming the thing. Focus starts on the way back. */
export function ConfirmDialog({
  isOpen,
  onClose,
  onConfirm,
  title,
  children,
  confirmLabel,
  cancelLabel,
  isDangerous = true,
  isBusy = false,
}: {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: ReactNode;
  children: ReactNode;
  confirmLabel: ReactNode;
  cancelLabel: ReactNode;
  isDangerous?: boolean;
  isBusy?: boolean;
}) {
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Base.Root open={isOpen} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={veilClass} />
        <Base.Viewport className="fixed inset-0 z-40 grid place-items-end p-4 sm:place-items-center">
          <Base.Popup
            initialFocus={cancel}
            className="grid max-h-[88dvh] w-full gap-2 overflow-y-auto rounded-xl border bg-raised p-5 shadow-lift outline-none transition data-ending-style:opacity-0 data-starting-style:opacity-0 sm:max-w-md"
          >
            <Base.Title className="break-words font-semibold text-lg">{title}</Base.Title>
            <Base.Description render={<div />} className="break-words text-muted">
              {children}
            </Base.Description>
            <div className="mt-3 flex flex-wrap justify-end gap-2">
              <Base.Close render={<Button ref={cancel} />}>{cancelLabel}</Base.Close>
              <Button variant={isDangerous ? "danger" : "primary"} isBusy={isBusy} onClick={onConfirm}>
                {confirmLabel}
              </Button>
            </div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
