import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { veilClass } from "./dialog.tsx";
import { IconButton } from "./icon-button.tsx";
import { useMediaQuery } from "./use-media-query.ts";

type Props = {
  title: ReactNode;
  closeLabel: string;
  onClose: () => void;
  actions?: ReactNode;
  children: ReactNode;
};

/** Details beside the list they belong to; on a narrow window they cover it until closed. */
export function SidePanel(props: Props) {
  const isBeside = useMediaQuery("(min-width: 64rem)");
  return isBeside ? <Beside {...props} /> : <Over {...props} />;
}

function Beside({ title, closeLabel, onClose, actions, children }: Props) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-labelledby={id}
      onKeyDown={(event) => (isPlainEscape(event) ? onClose() : undefined)}
      className="flex h-full w-[24rem] shrink-0 flex-col overflow-hidden border-s bg-raised outline-none 3xl:w-[30rem]"
    >
      <header className="flex items-center gap-2 border-b py-3 ps-5 pe-3">
        <h2 id={id} className="min-w-0 grow truncate font-semibold text-lg">
          {title}
        </h2>
        {actions}
        <IconButton label={closeLabel} onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="min-h-0 grow overflow-y-auto">{children}</div>
    </aside>
  );
}

function Over({ title, closeLabel, onClose, actions, children }: Props) {
  return (
    <Base.Root open onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={veilClass} />
        <Base.Viewport className="fixed inset-0 z-40 flex justify-end overflow-hidden">
          <Base.Popup className="flex h-dvh w-full max-w-md flex-col bg-raised outline-none transition data-ending-style:opacity-0 data-starting-style:opacity-0 sm:border-s">
            <header className="flex items-center gap-2 border-b py-2 ps-4 pe-2">
              <Base.Title className="min-w-0 grow truncate font-semibold text-lg">{title}</Base.Title>
              {actions}
              <Base.Close
                render={
                  <IconButton label={closeLabel}>
                    <X aria-hidden />
                  </IconButton>
                }
              />
            </header>
            <div className="min-h-0 grow overflow-y-auto">{children}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** Escape pressed in the panel itself: not in a field, nor in a menu or dialog that was opened from it. */
function isPlainEscape({
  key,
  target,
  currentTarget,
  defaultPrevented,
}: KeyboardEvent<HTMLElement>): boolean {
  if (key !== "Escape" || defaultPrevented || !(target instanceof HTMLElement)) return false;
  return currentTarget.contains(target) && !target.matches("input, textarea, [aria-expanded='true']");
}
