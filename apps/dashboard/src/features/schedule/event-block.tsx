import { cn } from "@vitrine/ui/cn";
import { ChevronsUp, Repeat, TriangleAlert } from "lucide-react";
import type { CSSProperties, FocusEventHandler, KeyboardEventHandler, MouseEventHandler } from "react";
import type { Segment } from "./blocks.ts";
import { entryLook, KindMark } from "./entry-look.tsx";
import { HOUR_MS } from "./wall-time.ts";

/** A block's part of a day, as tall as it is long. Its first part has its upper edge, its last part the lower one. */
export function EventBlock({
  segment,
  time,
  share,
  label,
  style,
  isSelected,
  isGhost,
  mayMove,
  ...rest
}: {
  segment: Segment;
  time: string;
  share: string;
  /** The accessible name; null for parts after the first, which are only drawn. */
  label: string | null;
  style: CSSProperties;
  isSelected: boolean;
  /** It is being dragged elsewhere. */
  isGhost: boolean;
  mayMove: boolean;
  tabIndex: number;
  onClick: MouseEventHandler;
  onFocus: FocusEventHandler;
  onBlur: FocusEventHandler;
  onKeyDown: KeyboardEventHandler;
  onKeyUp: KeyboardEventHandler;
}) {
  const { block, hasHead, hasTail } = segment;
  const { entry } = block;
  const lengthMs = segment.end - segment.start;
  const isTiny = lengthMs < HOUR_MS;
  const isShort = lengthMs < 1.5 * HOUR_MS;
  return (
    <button
      type="button"
      {...rest}
      {...(label === null ? { "aria-hidden": true, tabIndex: -1 } : {})}
      data-block={block.key}
      style={style}
      className={cn(
        "group @container pointer-events-auto absolute flex flex-col overflow-hidden border border-s-3 px-1.5 text-start text-sm leading-tight transition-shadow hover:z-20 hover:shadow-lift focus-visible:z-20",
        isTiny ? "justify-center py-0" : "py-1",
        hasHead && "rounded-t-md",
        hasTail && "rounded-b-md",
        entryLook(entry),
        isSelected && "z-10 ring-2 ring-accent",
        isGhost && "opacity-40",
        mayMove && "cursor-grab active:cursor-grabbing",
      )}
    >
      <span className="sr-only">{label}</span>
      <span
        aria-hidden
        className={cn(
          "flex min-w-0 gap-1 font-medium text-xs @max-[4.5rem]:flex-wrap @min-[5.5rem]:text-sm",
          !entry.isEnabled && "line-through",
        )}
      >
        <KindMark kind={entry.kind} />
        {entry.shown.isPresent ? null : (
          <TriangleAlert aria-hidden className="size-3.5 shrink-0 text-danger" />
        )}
        <span className={isShort ? "truncate" : "line-clamp-3 hyphens-auto break-words"}>{entry.name}</span>
        {isTiny ? (
          <span className="tabular hidden truncate font-normal text-muted @min-[7rem]:inline">{time}</span>
        ) : null}
      </span>
      {isTiny ? null : (
        <span
          aria-hidden
          className="tabular flex min-w-0 shrink-0 flex-wrap items-center gap-x-1.5 text-muted text-xs"
        >
          <span className="hidden truncate @min-[5.5rem]:inline">{time}</span>
          {entry.when?.recurrence ? (
            <Repeat aria-hidden className="hidden size-3 shrink-0 @min-[7.5rem]:inline" />
          ) : null}
          {entry.kind === "interrupt" ? (
            <span className="shrink-0 font-semibold text-warning">{share}</span>
          ) : null}
          {entry.priority > 0 ? (
            <span className="flex shrink-0 items-center font-semibold text-text">
              <ChevronsUp aria-hidden className="size-3" />
              {entry.priority}
            </span>
          ) : null}
        </span>
      )}
      {entry.shown.thumbnailUrl && lengthMs >= 1.75 * HOUR_MS ? (
        <img
          src={entry.shown.thumbnailUrl}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          className={cn(
            "mt-1.5 max-h-14 min-h-0 w-full max-w-28 shrink grow basis-0 rounded-xs object-cover",
            !entry.isEnabled && "opacity-50 grayscale",
          )}
        />
      ) : null}
      {mayMove && hasHead ? <Edge side="start" /> : null}
      {mayMove && hasTail ? <Edge side="end" /> : null}
    </button>
  );
}

function Edge({ side }: { side: "start" | "end" }) {
  return (
    <span
      data-edge={side}
      className={cn(
        "absolute inset-x-0 h-1.5 cursor-ns-resize after:absolute after:start-1/2 after:h-0.5 after:w-5 after:-translate-x-1/2 after:rounded-full after:bg-current after:opacity-0 group-hover:after:opacity-50 pointer-coarse:hidden",
        side === "start" ? "top-0 after:top-0.5" : "bottom-0 after:bottom-0.5",
      )}
    />
  );
}
