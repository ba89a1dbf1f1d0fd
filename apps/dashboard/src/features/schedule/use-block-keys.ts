import { type KeyboardEvent, useRef, useState } from "react";
import type { Block } from "./blocks.ts";
import { nudged, SNAP_MS, type Span } from "./grip.ts";
import type { Held } from "./use-grid-drag.ts";
import { DAY_MS } from "./wall-time.ts";

/**
 * Moving blocks by keys. With Alt or Ctrl held, arrows move a block; with Shift and Alt they move its end. It is
 * put down when the key is let go or the focus leaves; Escape leaves it where it was.
 */
export function useBlockKeys({
  mayEdit,
  onHeld,
  onDrop,
  onLeave,
  onRemove,
}: {
  mayEdit: boolean;
  onHeld: (held: Held) => void;
  onDrop: (held: Held) => void;
  onLeave: (block: Block) => void;
  onRemove: (block: Block) => void;
}): {
  held: Held | null;
  onKeyDown: (event: KeyboardEvent, block: Block) => void;
  onKeyUp: (event: KeyboardEvent) => void;
  onBlur: () => void;
} {
  const [held, setHeld] = useState<Held | null>(null);
  const now = useRef<Held | null>(null);
  const hold = (next: Held | null) => {
    now.current = next;
    setHeld(next);
  };
  const put = () => {
    const last = now.current;
    if (!last) return;
    hold(null);
    const isSame = last.block?.start === last.span.start && last.block.end === last.span.end;
    if (!isSame) onDrop(last);
  };
  return {
    held,
    onBlur: put,
    onKeyUp: (event) => {
      if (event.key === "Alt" || event.key === "Control") {
        if (now.current) event.preventDefault();
        put();
      }
    },
    onKeyDown: (event, block) => {
      if (event.key === "Escape" && now.current) {
        event.preventDefault();
        event.stopPropagation();
        hold(null);
        onLeave(block);
        return;
      }
      if (!mayEdit) return;
      if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        onRemove(block);
        return;
      }
      const from = now.current?.span ?? { start: block.start, end: block.end };
      const to = nudge(event, from);
      if (!to || block.date === null) return;
      event.preventDefault();
      const next = { block, span: to };
      hold(next);
      onHeld(next);
    },
  };
}

function nudge({ key, altKey, ctrlKey, shiftKey }: KeyboardEvent, from: Span): Span | undefined {
  if (!altKey && !ctrlKey) return undefined;
  const isRightToLeft = document.documentElement.dir === "rtl";
  const byMs = {
    ArrowUp: -SNAP_MS,
    ArrowDown: SNAP_MS,
    ArrowLeft: isRightToLeft ? DAY_MS : -DAY_MS,
    ArrowRight: isRightToLeft ? -DAY_MS : DAY_MS,
  }[key];
  if (byMs === undefined) return undefined;
  if (shiftKey && altKey) return nudged(from, "end", byMs);
  return shiftKey ? undefined : nudged(from, "both", byMs);
}
