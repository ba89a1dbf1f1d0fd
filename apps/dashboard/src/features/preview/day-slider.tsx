import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { exactTimeWords } from "../../lib/time-words.ts";
import { blockLook } from "./block-look.tsx";
import { blockAt } from "./day-blocks.ts";
import { lookOf, useBlockWords } from "./holder-names.ts";
import { fractionOf, hoursOf, movedIn } from "./moment.ts";
import type { Moment } from "./use-moment.ts";

const MINUTE_MS = 60_000;
const STEPS: Record<string, number> = {
  ArrowRight: MINUTE_MS,
  ArrowUp: MINUTE_MS,
  ArrowLeft: -MINUTE_MS,
  ArrowDown: -MINUTE_MS,
  PageUp: 60 * MINUTE_MS,
  PageDown: -60 * MINUTE_MS,
};

/**
 * The day as a strip of what plays when, which is the slider's track too. Arrows move by a minute, with Shift by
 * a quarter of an hour; Page Up and Page Down by an hour; Home and End to the ends of the day.
 */
export function DaySlider({ moment, onSeek }: { moment: Moment; onSeek: (atMs: number) => void }) {
  const t = useTranslations("moment");
  const format = useFormatter();
  const { timeline: day, blocks, timeZone, atMs, preview } = moment;
  const words = useBlockWords(preview);
  const track = useRef<HTMLDivElement>(null);
  const nowMs = Date.now();
  const current = blockAt(blocks, atMs);
  const place = (ms: number) => `${fractionOf(day, ms) * 100}%`;

  const seekTo = (event: PointerEvent<HTMLElement>) => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const along = (event.clientX - box.left) / box.width;
    onSeek(movedIn(day, day.startMs + (isRtl ? 1 - along : along) * (day.endMs - day.startMs), 0));
  };
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      return onSeek(event.key === "Home" ? day.startMs : movedIn(day, day.endMs, 0));
    }
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const isAcross = event.key === "ArrowLeft" || event.key === "ArrowRight";
    const isRtl = isAcross && getComputedStyle(event.currentTarget).direction === "rtl";
    const isArrow = event.key.startsWith("Arrow");
    onSeek(movedIn(day, atMs, step * (isArrow && event.shiftKey ? 15 : 1) * (isRtl ? -1 : 1)));
  };

  return (
    <div className="grid gap-1">
      <div
        role="slider"
        tabIndex={0}
        aria-label={t("time")}
        aria-valuemin={0}
        aria-valuemax={Math.round((day.endMs - day.startMs) / 1000) - 1}
        aria-valuenow={Math.round((atMs - day.startMs) / 1000)}
        aria-valuetext={t("timeAnd", {
          time: exactTimeWords(format, atMs, timeZone),
          name: current ? words.nameOf(current) : t("nothing"),
        })}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          seekTo(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
        }}
        className="relative cursor-pointer touch-none select-none rounded-md outline-offset-4"
      >
        <div ref={track} className="relative h-11 overflow-hidden rounded-md border bg-sunken">
          {blocks.map((block) => {
            const look = blockLook(lookOf(block, preview), "h-full min-w-0 border-surface border-s-2 px-1.5");
            return (
              <div
                key={block.startMs}
                data-tip={`${words.timesOf(block)} ${words.nameOf(block)}`}
                style={{ insetInlineStart: place(block.startMs), width: widthOf(place, block) }}
                className="@container absolute inset-y-0 overflow-hidden"
              >
                <div {...look}>
                  <span className="@min-[3.5rem]:block hidden truncate pt-3 font-medium text-xs">
                    {block.holders.length > 0 ? words.nameOf(block) : null}
                  </span>
                </div>
                {block.interruptIds.length > 0 ? (
                  <span className="absolute inset-x-0.5 top-0.5 h-1 bg-[repeating-linear-gradient(90deg,var(--color-accent)_0_4px,transparent_4px_9px)]" />
                ) : null}
              </div>
            );
          })}
        </div>
        {day.startMs <= nowMs && nowMs < day.endMs ? (
          <span
            style={{ insetInlineStart: place(nowMs) }}
            data-tip={t("now")}
            className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-edge-danger rtl:translate-x-1/2"
          />
        ) : null}
        <span
          style={{ insetInlineStart: place(atMs) }}
          className="pointer-events-none absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-full bg-text ring-1 ring-surface rtl:translate-x-1/2"
        >
          <span className="absolute start-1/2 -top-1 size-2.5 -translate-x-1/2 rounded-full bg-text ring-2 ring-surface rtl:translate-x-1/2" />
        </span>
      </div>
      <Hours timeZone={timeZone} day={day} place={place} />
    </div>
  );
}

function widthOf(
  place: (ms: number) => string,
  { startMs, endMs }: { startMs: number; endMs: number },
): string {
  return `calc(${place(endMs)} - ${place(startMs)})`;
}

function Hours({
  timeZone,
  day,
  place,
}: {
  timeZone: string;
  day: Moment["timeline"];
  place: (ms: number) => string;
}) {
  const format = useFormatter();
  return (
    <div aria-hidden className="@container relative h-4 text-muted text-xs">
      {hoursOf(timeZone, day).map(({ atMs, hour }, index) =>
        index === 0 ? null : (
          <span
            key={atMs}
            style={{ insetInlineStart: place(atMs) }}
            className={`tabular absolute top-0 -translate-x-1/2 whitespace-nowrap rtl:translate-x-1/2 ${hour % 6 === 0 ? "" : hour % 3 === 0 ? "@max-md:hidden" : "@max-4xl:hidden"}`}
          >
            {format.dateTime(atMs, { hour: "numeric", timeZone })}
          </span>
        ),
      )}
    </div>
  );
}
