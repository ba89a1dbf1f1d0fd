import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
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

/**
 * Details beside the list they belong to; on a narrow window they cover it until closed. The content lives in an
 * element of its own that goes from one frame to the other, so that what was typed outlives a turn of the screen.
 */
export function SidePanel({ children, ...frame }: Props) {
  const isBeside = useMediaQuery("(min-width: 64rem)");
  const [host] = useState(() => document.createElement("div"));
  const Frame = isBeside ? Beside : Over;
  // Keys are heard through React's tree, in which the content stays; a dialog that it opened is outside of the panel.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { target, currentTarget } = event;
    const isInside = target instanceof Node && (currentTarget.contains(target) || host.contains(target));
    if (isBeside && isInside && isPlainEscape(event)) frame.onClose();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears what the panel within does not use
    <div className="contents" onKeyDown={onKeyDown}>
      <Frame {...frame} host={host} />
      {createPortal(children, host)}
    </div>
  );
}

type FrameProps = Omit<Props, "children"> & { host: HTMLElement };

function Beside({ title, closeLabel, onClose, actions, host }: FrameProps) {
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
      <Body host={host} />
    </aside>
  );
}

function Over({ title, closeLabel, onClose, actions, host }: FrameProps) {
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
            <Body host={host} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

function Body({ host }: { host: HTMLElement }) {
  const body = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => body.current?.append(host), [host]);
  return <div ref={body} className="min-h-0 grow overflow-y-auto" />;
}

/** Escape pressed in the panel itself: not in a field, nor in a menu or dialog that was opened from it. */
function isPlainEscape({ key, target, defaultPrevented }: KeyboardEvent<HTMLElement>): boolean {
  if (key !== "Escape" || defaultPrevented || !(target instanceof HTMLElement)) return false;
  return !target.matches("input, textarea, [aria-expanded='true']");
}
