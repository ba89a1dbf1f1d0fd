import { Cell, CellGrid, CellHead, CellRow } from "@vitrine/ui/cell-grid";
import { cn } from "@vitrine/ui/cn";
import { TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { type Block, isAllDay, isAlways, isOn } from "./blocks.ts";
import { entryLook, KindMark } from "./entry-look.tsx";
import type { CalendarProps } from "./time-grid.tsx";
import { useBlockWords } from "./use-block-words.ts";
import { addDays, dateOf, startOf } from "./wall-time.ts";

const CHIPS = 3;
const DOTS = { normal: "bg-accent", interrupt: "bg-edge-warning", override: "bg-edge-danger" };

/** A month in whole weeks: what is on each day, and the way to the days. One day takes the focus, with what is on it. */
export function MonthView({ month, ...props }: CalendarProps & { month: string }) {
  const { dates, words, nowMs } = props;
  const t = useTranslations("schedule");
  const today = dateOf(nowMs);
  const grid = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string>();
  const active = chosen && dates.includes(chosen) ? chosen : dates.includes(today) ? today : `${month}-01`;
  const weeks = Array.from({ length: dates.length / 7 }, (_, week) => dates.slice(week * 7, week * 7 + 7));
  const always = props.blocks.filter(isAlways);
  const go = (date: string) => {
    if (!dates.includes(date)) return props.onStep(date < active ? -1 : 1);
    setChosen(date);
    const cell = grid.current?.querySelector(`[data-date="${date}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isCell = event.target instanceof HTMLElement && event.target.dataset["date"] !== undefined;
    const isRightToLeft = document.documentElement.dir === "rtl";
    const step = {
      ArrowUp: -7,
      ArrowDown: 7,
      ArrowLeft: isRightToLeft ? 1 : -1,
      ArrowRight: isRightToLeft ? -1 : 1,
    }[event.key];
    if (step !== undefined) go(addDays(active, step));
    else if (event.key === "PageUp") props.onStep(-1);
    else if (event.key === "PageDown") props.onStep(1);
    else if (isCell && (event.key === "Enter" || event.key === " ")) props.onDay(active);
    else return;
    event.preventDefault();
  };
  return (
    <section aria-label={t("calendar")} className="overflow-x-auto rounded-lg border bg-raised">
      {always.length > 0 ? (
        <div className="flex flex-wrap items-center gap-1 border-b px-2 py-1.5">
          <p className="pe-1 text-muted text-xs">{t("alwaysOn")}</p>
          {always.map((block) => (
            <Chip
              key={block.key}
              {...props}
              block={block}
              date={today}
              isReachable
              className="w-auto max-w-60"
            />
          ))}
        </div>
      ) : null}
      <CellGrid ref={grid} aria-label={t("month")} onKeyDown={onKeyDown} className="min-w-[20rem]">
        <CellRow className="grid grid-cols-7 border-b">
          {weeks[0]?.map((date) => (
            <CellHead key={date} className="truncate py-2 text-center text-muted text-sm">
              {words.weekday(date)}
            </CellHead>
          ))}
        </CellRow>
        {weeks.map((week) => (
          <CellRow key={week[0]} className="grid grid-cols-7 not-last:border-b">
            {week.map((date) => (
              <DayCell
                key={date}
                {...props}
                date={date}
                isToday={date === today}
                isActive={date === active}
                isOutside={!date.startsWith(month)}
                onFocus={() => setChosen(date)}
              />
            ))}
          </CellRow>
        ))}
      </CellGrid>
    </section>
  );
}

function DayCell({
  date,
  isToday,
  isActive,
  isOutside,
  onFocus,
  ...props
}: CalendarProps & {
  date: string;
  isToday: boolean;
  isActive: boolean;
  isOutside: boolean;
  onFocus: () => void;
}) {
  const { words } = props;
  const t = useTranslations("schedule");
  const on = props.blocks
    .filter((block) =>
      isAllDay(block) ? !isAlways(block) && isOn(block, date) : dateOf(block.start) === date,
    )
    .sort((left, right) => Number(isAllDay(right)) - Number(isAllDay(left)) || left.start - right.start);
  const shown = on.length > CHIPS + 1 ? on.slice(0, CHIPS) : on;
  const hasGap = props.gaps.some((gap) => isOn(gap, date));
  return (
    <Cell
      tabIndex={isActive ? 0 : -1}
      data-date={date}
      aria-current={isToday ? "date" : undefined}
      onFocus={onFocus}
      onClick={(event) => (event.target === event.currentTarget ? props.onDay(date) : undefined)}
      className={cn(
        "relative grid min-h-24 min-w-0 content-start gap-0.5 border-s p-1 -outline-offset-2 first:border-s-0 lg:min-h-28",
        isOutside && "bg-surface",
        hasGap && "shadow-[inset_0_-3px_0_var(--color-edge-warning)]",
      )}
    >
      <button
        type="button"
        tabIndex={isActive ? 0 : -1}
        onClick={() => props.onDay(date)}
        className={cn(
          "tabular grid h-6 w-fit min-w-6 place-items-center rounded-full px-1 font-medium text-sm hover:bg-hover",
          isOutside && "text-muted",
          isToday && "bg-accent text-on-accent hover:bg-accent-hover",
        )}
      >
        <span className="sr-only">{words.day(date)}</span>
        <span aria-hidden>{words.dayNumber(date)}</span>
      </button>
      {on.length > 0 ? (
        <p aria-hidden className="flex flex-wrap gap-1 px-1 sm:hidden">
          {on.slice(0, 8).map((block) => (
            <span
              key={block.key}
              className={cn(
                "size-2 rounded-full",
                DOTS[block.entry.kind],
                !block.entry.isEnabled && "bg-control",
              )}
            />
          ))}
        </p>
      ) : null}
      {shown.map((block) => (
        <Chip
          className="hidden sm:flex"
          key={block.key}
          block={block}
          date={date}
          isReachable={isActive}
          {...props}
        />
      ))}
      {on.length > shown.length ? (
        <button
          type="button"
          tabIndex={isActive ? 0 : -1}
          onClick={() => props.onDay(date)}
          className="hidden h-6 w-full truncate rounded-sm px-1 text-start font-medium text-muted text-xs hover:bg-hover hover:text-text sm:block"
        >
          <span className="sr-only">
            {t("moreOn", { day: words.day(date), count: on.length - shown.length })}
          </span>
          <span aria-hidden>{t("more", { count: on.length - shown.length })}</span>
        </button>
      ) : null}
    </Cell>
  );
}

function Chip({
  block,
  date,
  isReachable,
  words,
  selectedId,
  mayRemove,
  onOpen,
  onRemove,
  className,
}: CalendarProps & { block: Block; date: string; isReachable: boolean; className?: string }) {
  const say = useBlockWords(words);
  const { entry } = block;
  const isTimed = !isAllDay(block) && block.start >= startOf(date);
  const isShare = entry.kind === "interrupt" && isAlways(block);
  return (
    <button
      type="button"
      tabIndex={isReachable ? 0 : -1}
      data-block={block.key}
      onClick={() => onOpen(block)}
      onKeyDown={(event) => {
        if (!mayRemove || (event.key !== "Delete" && event.key !== "Backspace")) return;
        event.preventDefault();
        onRemove(block);
      }}
      className={cn(
        "flex h-6 w-full min-w-0 items-center gap-1 rounded-sm border border-s-3 px-1 text-start text-xs",
        entryLook(entry),
        block.entry.id === selectedId && "ring-2 ring-accent",
        className,
      )}
    >
      <span className="sr-only">{say.name(block)}</span>
      <span aria-hidden className="flex min-w-0 items-center gap-1">
        <KindMark kind={entry.kind} />
        {entry.shown.isPresent ? null : <TriangleAlert aria-hidden className="size-3 shrink-0 text-danger" />}
        {isTimed ? (
          <span className="tabular hidden shrink-0 text-muted sm:inline">{words.time(block.start)}</span>
        ) : null}
        <span className={cn("truncate font-medium", !entry.isEnabled && "line-through")}>{entry.name}</span>
        {isShare ? <span className="tabular font-semibold text-warning">{say.share(block)}</span> : null}
      </span>
    </button>
  );
}
