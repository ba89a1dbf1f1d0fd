import { useEffect, useRef, useState } from "react";

const DELAY_MS = 400;
const LEAVE_MS = 120;
const GAP = 6;
const EDGE = 8;

type Tip = { text: string; anchor: DOMRect };

/**
 * Shows what `data-tip` of any element says beside it, on hover and on keyboard focus. One for the page: so no
 * button pays for a tooltip of its own. Stays while pointed at, goes with Escape. Names come from `aria-label`.
 */
export function Tips() {
  const [tip, setTip] = useState<Tip | null>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const plan = (next: Tip | null, delayMs: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => setTip(next), delayMs);
    };
    const enter = (event: PointerEvent) => {
      if (event.pointerType === "touch" || box.current?.contains(asNode(event.target)))
        return clearTimeout(timer);
      const found = tipOf(event.target);
      plan(found, found ? DELAY_MS : LEAVE_MS);
    };
    const focus = (event: FocusEvent) => {
      const found = tipOf(event.target);
      if (found && event.target instanceof Element && event.target.matches(":focus-visible")) plan(found, 0);
    };
    const drop = () => plan(null, 0);
    const dismiss = (event: KeyboardEvent) => {
      if (event.key === "Escape") drop();
    };
    document.addEventListener("pointerover", enter);
    document.addEventListener("pointerdown", drop);
    document.addEventListener("focusin", focus);
    document.addEventListener("focusout", drop);
    document.addEventListener("keydown", dismiss);
    document.addEventListener("scroll", drop, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", enter);
      document.removeEventListener("pointerdown", drop);
      document.removeEventListener("focusin", focus);
      document.removeEventListener("focusout", drop);
      document.removeEventListener("keydown", dismiss);
      document.removeEventListener("scroll", drop, true);
    };
  }, []);

  useEffect(() => {
    const element = box.current;
    if (!element || !tip) return;
    element.popover = "manual";
    element.showPopover();
    const { left, top } = placeFor(tip.anchor, element.getBoundingClientRect(), document.documentElement);
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
  }, [tip]);

  if (!tip) return null;
  return (
    <div
      ref={box}
      aria-hidden
      className="fixed inset-auto m-0 max-w-64 rounded-md bg-bezel px-2 py-1 text-sm text-white shadow-lift"
    >
      {tip.text}
    </div>
  );
}

type Size = { width: number; height: number };

/** Where a tip of this size stands: under its anchor, above it at the bottom of the window, always inside. */
export function placeFor(
  anchor: Pick<DOMRect, "left" | "top" | "bottom" | "width">,
  tip: Size,
  view: { clientWidth: number; clientHeight: number },
): { left: number; top: number } {
  const middle = anchor.left + anchor.width / 2 - tip.width / 2;
  const left = Math.max(EDGE, Math.min(middle, view.clientWidth - tip.width - EDGE));
  const under = anchor.bottom + GAP;
  const isRoom = under + tip.height + EDGE <= view.clientHeight;
  return { left, top: isRoom ? under : Math.max(EDGE, anchor.top - GAP - tip.height) };
}

function tipOf(target: EventTarget | null): Tip | null {
  const element = target instanceof Element ? target.closest("[data-tip]") : null;
  const text = element?.getAttribute("data-tip");
  return element && text ? { text, anchor: element.getBoundingClientRect() } : null;
}

function asNode(target: EventTarget | null): Node | null {
  return target instanceof Node ? target : null;
}
