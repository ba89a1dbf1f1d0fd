import type { AirtimeView } from "@vitrine/core/model/entry";
import { Button } from "@vitrine/ui/button";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { airtimeBars } from "./airtime-bars.ts";
import { useTimeWords } from "./use-time-words.ts";

const SHOWN_AT_FIRST = 10;

/** Bars of what a screen will show, the longest first. */
export function AirtimeChart({ view }: { view: AirtimeView }) {
  const t = useTranslations("airtime");
  const { length, share } = useTimeWords();
  const [isAll, setAll] = useState(false);
  const { bars, idleMs } = airtimeBars(view);
  const shown = isAll ? bars : bars.slice(0, SHOWN_AT_FIRST);
  const longestMs = Math.max(1, idleMs, bars[0]?.shownMs ?? 0);
  return (
    <div className="grid gap-3">
      <ul className="grid gap-2.5">
        {shown.map((bar) => (
          <Row
            key={bar.id}
            name={bar.name}
            figures={`${length(bar.shownMs)} · ${share(bar.share)}`}
            length={bar.length}
            className="bg-accent"
          />
        ))}
        {idleMs >= 1000 ? (
          <Row
            name={t("idle")}
            figures={`${length(idleMs)} · ${share(idleMs / view.totalMs)}`}
            length={idleMs / longestMs}
            className="bg-[repeating-linear-gradient(-45deg,var(--color-control)_0_2px,transparent_2px_6px)]"
            isMuted
          />
        ) : null}
      </ul>
      {bars.length > SHOWN_AT_FIRST && !isAll ? (
        <Button className="justify-self-start" onClick={() => setAll(true)}>
          {t("more", { count: bars.length - SHOWN_AT_FIRST })}
        </Button>
      ) : null}
    </div>
  );
}

function Row({
  name,
  figures,
  length,
  className,
  isMuted = false,
}: {
  name: string;
  figures: string;
  length: number;
  className: string;
  isMuted?: boolean;
}) {
  return (
    <li className="grid gap-1 sm:grid-cols-[minmax(0,12rem)_minmax(0,1fr)_10rem] sm:items-center sm:gap-3">
      <span className="flex min-w-0 items-baseline justify-between gap-3">
        <span className={`truncate ${isMuted ? "text-muted" : ""}`} data-tip={name}>
          {name}
        </span>
        <span className="tabular shrink-0 text-muted text-sm sm:hidden">{figures}</span>
      </span>
      <span aria-hidden className="h-4 overflow-hidden rounded-sm bg-sunken">
        <span
          className={`block h-full min-w-0.5 rounded-sm ${className}`}
          style={{ width: `${length * 100}%` }}
        />
      </span>
      <span className="tabular text-end text-muted text-sm max-sm:hidden">{figures}</span>
    </li>
  );
}
