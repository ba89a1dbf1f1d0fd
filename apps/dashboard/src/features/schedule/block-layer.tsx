import { cn } from "@vitrine/ui/cn";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { type Block, isAllDay, type Segment, segmentsOf } from "./blocks.ts";
import type { CalendarWords } from "./calendar-words.ts";
import { EventBlock } from "./event-block.tsx";
import type { Span } from "./grip.ts";
import { type Lane, sideBySide } from "./side-by-side.ts";
import type { useBlockKeys } from "./use-block-keys.ts";
import { useBlockWords } from "./use-block-words.ts";
import { DAY_MS, HOUR_MS, startOf } from "./wall-time.ts";

/** Blocks are laid out as if none were shorter, so that each can be read. */
const LEAST_MS = HOUR_MS / 2;

type Placed = { segment: Segment; lane: Lane; day: number };

/** The blocks over the hours. One can be reached by Tab, the others by the arrow keys. */
export function BlockLayer({
  dates,
  blocks,
  words,
  selectedId,
  held,
  draft,
  keys,
  mayEdit,
  onOpen,
}: {
  dates: readonly string[];
  blocks: readonly Block[];
  words: CalendarWords;
  selectedId: string | undefined;
  held: { block: Block | null; span: Span } | null;
  /** A new entry whose editor is open. */
  draft: Span | undefined;
  keys: ReturnType<typeof useBlockKeys>;
  mayEdit: boolean;
  onOpen: (block: Block) => void;
}) {
  const t = useTranslations("schedule");
  const say = useBlockWords(words);
  const layer = useRef<HTMLElement>(null);
  const [activeKey, setActiveKey] = useState<string>();
  const placed = placedOf(blocks, dates);
  const stops = [...new Set(placed.map((one) => one.segment.block.key))];
  const tabStop = activeKey !== undefined && stops.includes(activeKey) ? activeKey : stops[0];
  const shown = held?.span ?? draft;
  const seen = new Set<string>();

  const onKeyDown = (event: KeyboardEvent, block: Block) => {
    keys.onKeyDown(event, block);
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = neighbour(event.key, block, placed);
    if (!next) return;
    event.preventDefault();
    const button = layer.current?.querySelector(`[data-block="${CSS.escape(next)}"]`);
    if (button instanceof HTMLElement) button.focus();
  };

  return (
    <section ref={layer} aria-label={t("entries")} className="pointer-events-none absolute inset-0">
      {placed.map(({ segment, lane, day }) => {
        const { block } = segment;
        const isFirst = !seen.has(block.key);
        seen.add(block.key);
        return (
          <EventBlock
            key={`${block.key} ${day}`}
            segment={segment}
            time={say.short(block)}
            share={say.share(block)}
            label={isFirst ? say.name(block) : null}
            style={placeOf(segment, day, dates.length, lane)}
            isSelected={block.entry.id === selectedId}
            isGhost={held?.block?.key === block.key}
            mayMove={mayEdit && block.date !== null}
            tabIndex={isFirst && block.key === tabStop ? 0 : -1}
            onFocus={() => setActiveKey(block.key)}
            onBlur={keys.onBlur}
            onClick={() => onOpen(block)}
            onKeyDown={(event) => onKeyDown(event, block)}
            onKeyUp={keys.onKeyUp}
          />
        );
      })}
      {shown
        ? dates.map((date, day) => (
            <Preview
              key={date}
              span={shown}
              date={date}
              day={day}
              days={dates.length}
              title={held?.block?.entry.name ?? t("new")}
              time={say.short(shown)}
            />
          ))
        : null}
    </section>
  );
}

function Preview({
  span,
  date,
  day,
  days,
  title,
  time,
}: {
  span: Span;
  date: string;
  day: number;
  days: number;
  title: string;
  time: string;
}) {
  const midnight = startOf(date);
  const start = Math.max(0, span.start - midnight);
  const end = Math.min(DAY_MS, span.end - midnight);
  if (start >= end) return null;
  return (
    <div
      aria-hidden
      data-preview
      style={placeOf({ start, end }, day, days, { lane: 0, lanes: 1, span: 1 })}
      className={cn(
        "absolute z-30 overflow-hidden rounded-md border-2 border-accent border-dashed bg-accent-soft/90 px-1.5 py-0.5 text-sm leading-tight shadow-lift",
      )}
    >
      <span className="block truncate font-medium">{title}</span>
      <span className="tabular block truncate text-muted text-xs">{time}</span>
    </div>
  );
}

function placedOf(blocks: readonly Block[], dates: readonly string[]): Placed[] {
  const timed = blocks.filter((block) => !isAllDay(block));
  return dates.flatMap((date, day) => {
    const segments = segmentsOf(timed, date);
    const lanes = sideBySide(
      segments.map(({ start, end }) => ({ start, end: Math.max(end, start + LEAST_MS) })),
    );
    return segments.map((segment, at) => ({
      segment,
      day,
      lane: lanes[at] ?? { lane: 0, lanes: 1, span: 1 },
    }));
  });
}

function placeOf({ start, end }: Span, day: number, days: number, { lane, lanes, span }: Lane) {
  const column = 100 / days;
  return {
    top: `${(start / DAY_MS) * 100}%`,
    height: `max(1.25rem, calc(${((end - start) / DAY_MS) * 100}% - 2px))`,
    insetInlineStart: `calc(${column * (day + lane / lanes)}% + 2px)`,
    width: `calc(${(column * span) / lanes}% - ${lane + span === lanes ? 8 : 3}px)`,
  };
}

/** The block that an arrow key leads to: the next one in time, or the nearest of the days beside. */
function neighbour(key: string, block: Block, placed: readonly Placed[]): string | undefined {
  const at = placed.findIndex((one) => one.segment.block.key === block.key);
  const here = placed[at];
  if (!here) return undefined;
  if (key === "ArrowDown")
    return placed.slice(at).find((one) => one.segment.block.key !== block.key)?.segment.block.key;
  if (key === "ArrowUp") return placed[at - 1]?.segment.block.key;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  const isForward = (key === "ArrowRight") === (document.documentElement.dir !== "rtl");
  const beside = placed.filter((one) => (isForward ? one.day > here.day : one.day < here.day));
  const day = isForward ? beside[0]?.day : beside.at(-1)?.day;
  const near = beside
    .filter((one) => one.day === day && one.segment.hasHead)
    .sort(
      (a, b) =>
        Math.abs(a.segment.start - here.segment.start) - Math.abs(b.segment.start - here.segment.start),
    );
  return near[0]?.segment.block.key;
}
