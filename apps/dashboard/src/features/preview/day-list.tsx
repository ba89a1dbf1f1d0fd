import { cn } from "@vitrine/ui/cn";
import { Notice } from "@vitrine/ui/notice";
import { Clock } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import { blockLook } from "./block-look.tsx";
import { blockAt } from "./day-blocks.ts";
import { lookOf, useBlockWords } from "./holder-names.ts";
import { oddHours } from "./moment.ts";
import type { Moment } from "./use-moment.ts";

/** What plays when on the day of a moment, in words; each line leads to its beginning. */
export function DayList({ moment, onSeek }: { moment: Moment; onSeek: (atMs: number) => void }) {
  const t = useTranslations("moment");
  const { blocks, atMs, preview, timeline } = moment;
  const words = useBlockWords(preview);
  const title = useId();
  const list = useRef<HTMLOListElement>(null);
  const current = blockAt(blocks, atMs);
  const odd = oddHours(timeline);
  const startMs = current?.startMs;
  useEffect(() => {
    const box = list.current;
    const line = startMs === undefined ? null : box?.querySelector<HTMLElement>("[aria-current]");
    if (!box || !line) return;
    const above = line.offsetTop - box.offsetTop;
    if (above < box.scrollTop || above + line.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = above - box.clientHeight / 3;
    }
  }, [startMs]);
  return (
    <section aria-labelledby={title} className="grid gap-3 rounded-lg border bg-raised p-4">
      <h2 id={title} className="font-medium">
        {t("changes")}
      </h2>
      {odd === 0 ? null : (
        <Notice tone="accent" icon={<Clock aria-hidden />}>
          {t("longDay", { hours: 24 + odd })}
        </Notice>
      )}
      <ol ref={list} className="-mx-2 grid max-h-96 gap-0.5 overflow-y-auto">
        {blocks.map((block) => {
          const look = blockLook(lookOf(block, preview), "mt-0.5 h-4 w-2.5 rounded-xs border");
          const isCurrent = block === current;
          return (
            <li key={block.startMs}>
              <button
                type="button"
                aria-current={isCurrent ? "time" : undefined}
                onClick={() => onSeek(block.startMs)}
                className={cn(
                  "grid w-full grid-cols-[auto_minmax(0,1fr)] gap-2.5 rounded-md px-2 py-1.5 text-start -outline-offset-2 hover:bg-hover",
                  isCurrent && "bg-accent-soft",
                )}
              >
                <span aria-hidden {...look} />
                <span className="grid min-w-0">
                  <span className={cn("break-words", block.holders.length === 0 && "text-muted")}>
                    {words.nameOf(block)}
                  </span>
                  <span className="tabular text-muted text-sm">{words.timesOf(block)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
