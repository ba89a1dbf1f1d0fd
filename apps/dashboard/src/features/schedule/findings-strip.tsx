import { Link } from "@tanstack/react-router";
import type { LintView } from "@vitrine/core/model/entry";
import { Button } from "@vitrine/ui/button";
import { ChevronDown, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { CalendarWords } from "./calendar-words.ts";
import { useBlockWords } from "./use-block-words.ts";
import { dateOf, wallAt } from "./wall-time.ts";

type Finding = LintView["findings"][number];
const FIRST = 3;

/** What is wrong with a screen's schedule, in words; each leads to the day or the entry that it is about. */
export function FindingsStrip({
  findings,
  timeZone,
  words,
}: {
  findings: readonly Finding[];
  timeZone: string;
  words: CalendarWords;
}) {
  const t = useTranslations("schedule");
  const [isAll, setAll] = useState(false);
  if (findings.length === 0) return null;
  const shown = isAll ? findings : findings.slice(0, FIRST);
  return (
    <section
      aria-label={t("findings.title")}
      className="rounded-lg border border-warning/30 bg-warning-soft px-3 py-2"
    >
      <div className="flex items-center gap-2">
        <TriangleAlert aria-hidden className="size-4 shrink-0 text-warning" />
        <h2 className="font-medium">{t("findings.total", { count: findings.length })}</h2>
        {findings.length > FIRST ? (
          <Button
            variant="link"
            size="sm"
            aria-expanded={isAll}
            className="ms-auto"
            onClick={() => setAll(!isAll)}
          >
            {isAll ? t("findings.less") : t("findings.more", { count: findings.length - FIRST })}
            <ChevronDown aria-hidden className={isAll ? "rotate-180" : ""} />
          </Button>
        ) : null}
      </div>
      <ul className="mt-1 grid max-h-40 gap-0.5 overflow-y-auto ps-6">
        {shown.map((finding, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings have no name of their own, and their order stands
          <li key={at}>
            <FindingLine finding={finding} timeZone={timeZone} words={words} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function FindingLine({
  finding,
  timeZone,
  words,
}: {
  finding: Finding;
  timeZone: string;
  words: CalendarWords;
}) {
  const t = useTranslations("schedule.findings");
  const format = useFormatter();
  const say = useBlockWords(words);
  const link = "text-text underline decoration-warning/50 underline-offset-4 hover:decoration-warning";
  const at = (instant: string) => {
    const wall = wallAt(instant, timeZone);
    return { wall, date: dateOf(wall), time: `${words.day(dateOf(wall))}, ${words.time(wall)}` };
  };
  const toDay = (date: string, text: string) => (
    <Link from="/schedule" to="/schedule" search={(now) => ({ ...now, view: "day", date })} className={link}>
      {text}
    </Link>
  );
  const toEntry = (id: string, text: string) => (
    <Link from="/schedule" to="/schedule" search={(now) => ({ ...now, entry: id })} className={link}>
      {text}
    </Link>
  );
  switch (finding.kind) {
    case "gap": {
      const span = { start: at(finding.startsAt).wall, end: at(finding.endsAt).wall };
      return toDay(dateOf(span.start), t("gap", { time: say.when(span) }));
    }
    case "always_beaten":
      return toEntry(finding.entry.id, t("always_beaten", { name: finding.entry.name }));
    case "removed_by_clock_change":
      return toEntry(
        finding.entry.id,
        t("removed_by_clock_change", { name: finding.entry.name, date: words.day(finding.localDate) }),
      );
    case "share_over_100":
      return toDay(
        at(finding.startsAt).date,
        t("share_over_100", {
          time: at(finding.startsAt).time,
          names: format.list(finding.entries.map((one) => one.name)),
          percent: format.number(finding.percent / 100, { style: "percent" }),
        }),
      );
    case "never_plays":
      return (
        <Link to="/content" search={{ asset: finding.asset.id }} className={link}>
          {t("never_plays", { name: finding.asset.name })}
        </Link>
      );
    case "nothing_playable":
      return (
        <Link to="/playlists/$playlistId" params={{ playlistId: finding.playlist.id }} className={link}>
          {t("nothing_playable", { name: finding.playlist.name })}
        </Link>
      );
    case "late_download":
      return toDay(
        at(finding.neededAt).date,
        t("late_download", { name: finding.asset.name, time: at(finding.neededAt).time }),
      );
  }
}

/** The times in which nothing plays, on the wall of the zone. */
export function gapsOf(findings: readonly Finding[], timeZone: string): { start: number; end: number }[] {
  return findings.flatMap((one) =>
    one.kind === "gap" ? [{ start: wallAt(one.startsAt, timeZone), end: wallAt(one.endsAt, timeZone) }] : [],
  );
}
