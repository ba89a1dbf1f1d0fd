import { cn } from "@vitrine/ui/cn";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { AllDayRow } from "./all-day-row.tsx";
import { BlockLayer } from "./block-layer.tsx";
import { type Block, isAllDay } from "./blocks.ts";
import type { CalendarWords } from "./calendar-words.ts";
import { cellMs, GridCells } from "./grid-cells.tsx";
import { GapLayer, NowLine } from "./grid-marks.tsx";
import type { Span } from "./grip.ts";
import type { CalendarView } from "./schedule-search.ts";
import { useBlockKeys } from "./use-block-keys.ts";
import { useBlockWords } from "./use-block-words.ts";
import { useGridDrag } from "./use-grid-drag.ts";
import { dateOf, HOUR_MS, isoWeekday, startOf } from "./wall-time.ts";

/** What the calendar's views share. Times are those of the wall of the zone shown. */
export type CalendarProps = {
  view: CalendarView;
  dates: readonly string[];
  blocks: readonly Block[];
  words: CalendarWords;
  /** The wall time now. */
  nowMs: number;
  mayCreate: boolean;
  mayEdit: boolean;
  mayRemove: boolean;
  /** The entry whose editor is open. */
  selectedId: string | undefined;
  /** Of a new entry whose editor is open. */
  draft: Span | undefined;
  /** Where nothing plays. */
  gaps: readonly Span[];
  onPlan: (span: Span) => void;
  onOpen: (block: Block) => void;
  onMove: (block: Block, to: Span) => void;
  onRemove: (block: Block) => void;
  onDay: (date: string) => void;
  onStep: (step: 1 | -1) => void;
};

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Some days side by side, an hour as tall as any other: what is active when, made, moved and resized by mouse or keys. */
export function TimeGrid(props: CalendarProps) {
  const { view, dates, blocks, words, nowMs, mayCreate, mayEdit } = props;
  const t = useTranslations("schedule");
  const say = useBlockWords(words);
  const columns = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLElement>(null);
  const [announced, setAnnounced] = useState("");
  const today = dateOf(nowMs);
  const hasToday = dates.includes(today);

  const drop = ({ block, span }: { block: Block | null; span: Span }) => {
    if (!block) return mayCreate ? props.onPlan(span) : undefined;
    setAnnounced(t("dropped", { name: block.entry.name, time: say.when(span) }));
    props.onMove(block, span);
  };
  const drag = useGridDrag({
    columns,
    dates,
    findBlock: (key) => blocks.find((block) => block.key === key),
    mayEdit: mayCreate || mayEdit,
    onDrop: drop,
  });
  const keys = useBlockKeys({
    mayEdit,
    onDrop: drop,
    onHeld: ({ block, span }) =>
      setAnnounced(t("held", { name: block?.entry.name ?? "", time: say.when(span) })),
    onLeave: (block) => setAnnounced(t("left", { name: block.entry.name })),
    onRemove: (block) => (props.mayRemove ? props.onRemove(block) : undefined),
  });

  // What is on first is where a day's plan begins; what is above is a scroll away.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each view, not as time goes by
  useEffect(() => {
    const box = scroller.current;
    if (box) box.scrollTop = (columns.current?.clientHeight ?? 0) * (firstHour(blocks, dates, nowMs) / 24);
  }, [view]);

  const plan = (start: number) => (mayCreate ? props.onPlan({ start, end: start + HOUR_MS }) : undefined);
  return (
    <section
      ref={scroller}
      data-scroller
      aria-label={t("calendar")}
      className="relative max-h-[max(26rem,calc(100dvh-15rem))] overflow-auto rounded-lg border bg-raised"
    >
      <p aria-live="assertive" className="sr-only">
        {announced}
      </p>
      <div className={cn("relative", dates.length > 1 && "min-w-[40rem]")}>
        <div className="sticky top-0 z-40 border-b bg-raised">
          <DayHeads dates={dates} words={words} today={today} onDay={props.onDay} />
          <AllDayRow
            dates={dates}
            blocks={blocks}
            words={words}
            selectedId={props.selectedId}
            onOpen={props.onOpen}
            onRemove={(block) => (props.mayRemove ? props.onRemove(block) : undefined)}
          />
        </div>
        <div className="flex h-[72rem]">
          <div aria-hidden className="sticky start-0 z-30 w-14 shrink-0 bg-raised">
            {HOURS.map((hour) => (
              <div key={hour} className="tabular relative h-12 pe-2 text-end text-muted text-xs">
                {hour === 0 ? null : (
                  <span className="absolute end-2 -top-2 whitespace-nowrap">
                    {words.hour(hour * HOUR_MS)}
                  </span>
                )}
              </div>
            ))}
          </div>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the pointer's way to what the cells do by keyboard */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
          <div
            ref={columns}
            onPointerDown={drag.onPointerDown}
            onClickCapture={(event) => {
              if (!drag.hasDragged()) return;
              event.stopPropagation();
              event.preventDefault();
            }}
            onClick={(event) => {
              const cell = event.target instanceof Element ? event.target.closest("[data-row]") : null;
              const date = dates[Number(cell?.getAttribute("data-day"))];
              if (cell && date) plan(startOf(date) + Number(cell.getAttribute("data-row")) * cellMs(dates));
            }}
            className={cn("relative min-w-0 grow select-none", drag.held && "cursor-grabbing")}
          >
            <Shades dates={dates} today={today} />
            <GridCells
              dates={dates}
              words={words}
              label={t("grid", { view })}
              firstMs={hasToday ? nowMs - startOf(today) : 9 * HOUR_MS}
              firstDay={Math.max(0, dates.indexOf(today))}
              onPlan={plan}
              onStep={props.onStep}
            />
            <GapLayer dates={dates} gaps={props.gaps} />
            <BlockLayer
              dates={dates}
              blocks={blocks}
              words={words}
              selectedId={props.selectedId}
              held={drag.held ?? keys.held}
              draft={props.draft}
              keys={keys}
              mayEdit={mayEdit}
              onOpen={props.onOpen}
            />
            <NowLine dates={dates} nowMs={nowMs} />
          </div>
        </div>
      </div>
    </section>
  );
}

function DayHeads({
  dates,
  words,
  today,
  onDay,
}: {
  dates: readonly string[];
  words: CalendarWords;
  today: string;
  onDay: (date: string) => void;
}) {
  return (
    <div className="flex">
      <div className="sticky start-0 z-20 w-14 shrink-0 bg-raised" />
      {dates.map((date) => (
        <button
          key={date}
          type="button"
          aria-current={date === today ? "date" : undefined}
          onClick={() => onDay(date)}
          className="group flex min-w-0 grow basis-0 items-baseline justify-center gap-1.5 border-s py-2 text-muted -outline-offset-2 hover:bg-hover"
        >
          <span className="sr-only">{words.day(date)}</span>
          <span aria-hidden className="text-sm">
            {words.weekday(date)}
          </span>
          <span
            aria-hidden
            className={cn(
              "tabular grid h-6 min-w-6 place-items-center rounded-full px-1 font-semibold text-text",
              date === today && "bg-accent text-on-accent",
            )}
          >
            {words.dayNumber(date)}
          </span>
        </button>
      ))}
    </div>
  );
}

/** Weekends and what is over lie a shade deeper. */
function Shades({ dates, today }: { dates: readonly string[]; today: string }) {
  return (
    <div aria-hidden className="absolute inset-0 flex">
      {dates.map((date) => (
        <div
          key={date}
          className={cn(
            "grow basis-0",
            isoWeekday(date) > 5 && "bg-surface",
            date === today && dates.length > 1 && "bg-accent-soft/40",
          )}
        />
      ))}
    </div>
  );
}

/** The hour at the top at first: a little before now, or before the first block that begins in the morning. */
function firstHour(blocks: readonly Block[], dates: readonly string[], nowMs: number): number {
  const today = dateOf(nowMs);
  const hourOf = (wallMs: number) => (wallMs - startOf(dateOf(wallMs))) / HOUR_MS;
  const starts = blocks
    .filter((block) => !isAllDay(block) && dates.includes(dateOf(block.start)))
    .map((block) => hourOf(block.start))
    .filter((hour) => hour >= 5);
  const first = Math.min(8, ...starts);
  const last = dates.includes(today) ? Math.min(hourOf(nowMs) - 1.5, 16) : first;
  return Math.max(0, (starts.length > 0 ? Math.min(first, last) : last) - 0.4);
}
