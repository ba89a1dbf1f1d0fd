import { cn } from "@vitrine/ui/cn";
import { ChevronsUp, TriangleAlert } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { type Block, isAllDay, isOn } from "./blocks.ts";
import type { CalendarWords } from "./calendar-words.ts";
import { entryLook, KindMark } from "./entry-look.tsx";
import { sideBySide } from "./side-by-side.ts";
import { useBlockWords } from "./use-block-words.ts";

/** What is active for a day or longer, above the hours, as bars over the days. */
export function AllDayRow({
  dates,
  blocks,
  words,
  selectedId,
  onOpen,
  onRemove,
}: {
  dates: readonly string[];
  blocks: readonly Block[];
  words: CalendarWords;
  selectedId: string | undefined;
  onOpen: (block: Block) => void;
  onRemove: (block: Block) => void;
}) {
  const t = useTranslations("schedule");
  const say = useBlockWords(words);
  const bars = blocks.filter(isAllDay).flatMap((block) => {
    const on = dates.map((date) => isOn(block, date));
    const start = on.indexOf(true);
    return start < 0 ? [] : [{ block, start, end: on.lastIndexOf(true) + 1 }];
  });
  if (bars.length === 0) return null;
  const lanes = sideBySide(bars);
  return (
    <div className="flex border-t">
      <p className="sticky start-0 z-20 w-14 shrink-0 bg-raised pt-1.5 pe-2 text-end text-muted text-xs">
        {t("allDay")}
      </p>
      <section
        aria-label={t("allDay")}
        className="grid max-h-30 min-w-0 grow gap-0.5 overflow-y-auto border-s p-0.5"
        style={{ gridTemplateColumns: `repeat(${dates.length}, minmax(0, 1fr))` }}
      >
        {bars.map(({ block, start, end }, at) => (
          <button
            key={block.key}
            type="button"
            data-block={block.key}
            onClick={() => onOpen(block)}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key !== "Delete" && event.key !== "Backspace") return;
              event.preventDefault();
              onRemove(block);
            }}
            style={{ gridColumn: `${start + 1} / ${end + 1}`, gridRow: (lanes[at]?.lane ?? 0) + 1 }}
            className={cn(
              "flex h-6 min-w-0 items-center gap-1 rounded-sm border border-s-3 px-1.5 text-start text-sm",
              entryLook(block.entry),
              block.entry.id === selectedId && "ring-2 ring-accent ring-inset",
            )}
          >
            <span className="sr-only">{say.name(block)}</span>
            <span aria-hidden className="flex min-w-0 items-center gap-1">
              <KindMark kind={block.entry.kind} />
              {block.entry.shown.isPresent ? null : (
                <TriangleAlert aria-hidden className="size-3.5 shrink-0 text-danger" />
              )}
              <span className={cn("truncate font-medium", !block.entry.isEnabled && "line-through")}>
                {block.entry.name}
              </span>
              {block.entry.kind === "interrupt" ? (
                <span className="tabular shrink-0 font-semibold text-warning text-xs">
                  {say.share(block)}
                </span>
              ) : null}
              {block.entry.priority > 0 ? (
                <span className="tabular flex shrink-0 items-center font-semibold text-xs">
                  <ChevronsUp aria-hidden className="size-3" />
                  {block.entry.priority}
                </span>
              ) : null}
            </span>
          </button>
        ))}
      </section>
    </div>
  );
}
