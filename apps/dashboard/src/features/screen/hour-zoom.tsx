import { useFormatter, useTranslations } from "use-intl";
import { exactTimeWords } from "../../lib/time-words.ts";
import { useLengthWords } from "../../lib/use-length-words.ts";
import { Pieces } from "./timeline-bar.tsx";
import { lengthOf, type Span, type Stretch, within } from "./timeline-drawing.ts";
import { TIMELINE_FILL } from "./timeline-look.ts";

const MOST_LINES = 12;

/** One hour of the bar, drawn large, with each of its stretches and what began it in words. */
export function HourZoom({
  stretches,
  hour,
  title,
  timeZone,
}: {
  stretches: readonly Stretch[];
  hour: Span;
  title: string;
  timeZone: string;
}) {
  const t = useTranslations("history");
  const events = useTranslations("events");
  const format = useFormatter();
  const length = useLengthWords();
  const parts = within(stretches, hour);
  const shown = parts.slice(0, MOST_LINES);
  return (
    <section aria-label={t("hourTitle")} className="grid gap-2 rounded-md bg-sunken p-3">
      <p className="tabular font-medium text-sm">{title}</p>
      <Pieces stretches={parts} span={hour} className="relative h-3 rounded-sm" />
      <ul className="tabular grid min-h-11 content-start gap-1 text-sm">
        {shown.map((part) => (
          <li key={part.from} className="flex flex-wrap items-center gap-x-3">
            <span className="min-w-32 text-muted">
              {exactTimeWords(format, new Date(part.from), timeZone)}
            </span>
            <span className="flex items-center gap-2">
              <span aria-hidden className={`size-2.5 rounded-xs ${TIMELINE_FILL[part.status]}`} />
              {t(`status.${part.status}`)}
            </span>
            <span className="text-muted">{length(lengthOf(part))}</span>
            {isPlain(part.because) ? (
              <span className="text-muted max-sm:basis-full">{events(`kind.${part.because}`)}</span>
            ) : null}
          </li>
        ))}
        {parts.length > shown.length ? (
          <li className="text-muted">{t("more", { count: parts.length - shown.length })}</li>
        ) : null}
      </ul>
    </section>
  );
}

/** Events that say all by their kind. */
const PLAIN = [
  "connected",
  "lost",
  "offline",
  "online",
  "recovering",
  "recovered",
  "revoked",
  "stopped",
] as const;

function isPlain(kind: Stretch["because"]): kind is (typeof PLAIN)[number] {
  return PLAIN.some((one) => one === kind);
}
