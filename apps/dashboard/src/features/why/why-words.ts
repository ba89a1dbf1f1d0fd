import type { ExplanationView } from "@vitrine/core/model/entry";
import type { useFormatter, useTranslations } from "use-intl";
import { exactTimeWords, timeWords } from "../../lib/time-words.ts";

type Active = ExplanationView["entries"][number];
type Named = Active["entry"];
type Skipped = ExplanationView["skipped"][number];
type Rule = ExplanationView["rule"];

/** What is to be said, before it is put into words. */
export type Phrase =
  | { kind: "override" | "wins" | "interrupt"; shown: string; active: Active }
  | { kind: "shares"; shown: string; active: Active; others: readonly Active[] }
  | { kind: "fallback"; shown: string; rule: Rule; reason: "noEntry" | "nonePlayable" }
  | { kind: "finishing"; shown: string; until: string; rule: Rule; next: Named | null }
  | { kind: "onlyShown"; shown: string }
  | { kind: "idle"; reason: "noEntry" | "nonePlayable" }
  | { kind: "gap"; entry: Named | null }
  | { kind: "verdict"; active: Active; isBeatenByLead: boolean }
  | {
      kind: "skipped";
      why: Skipped["why"];
      items: readonly Named[];
      playlist: Named;
      dayparts: readonly string[];
    };

export type WhyWords = { say: (phrase: Phrase) => string };

export type WordSource = {
  t: ReturnType<typeof useTranslations<"why">>;
  format: ReturnType<typeof useFormatter>;
  /** The screen's. */
  timeZone: string;
  localDate: string;
};

const MOST_NAMED = 3;

/** Puts phrases into words of the catalogue, in the screen's local time. */
export function whyWords({ t, format, timeZone, localDate }: WordSource): WhyWords {
  const moment = (text: string) => {
    const at = new Date(text);
    const isToday = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeZone }).format(at) === localDate;
    const time = timeWords(format, at, timeZone);
    if (isToday) return time;
    const day = format.dateTime(at, { weekday: "short", day: "numeric", month: "short", timeZone });
    return t("when.moment", { day, time });
  };
  const when = ({ startsAt, endsAt }: Active) => {
    if (startsAt && endsAt) return t("when.between", { from: moment(startsAt), to: moment(endsAt) });
    if (endsAt) return t("when.until", { to: moment(endsAt) });
    return startsAt ? t("when.since", { from: moment(startsAt) }) : "";
  };
  const facts = (active: Active) => ({
    entry: active.entry.name,
    priority: active.priority,
    when: when(active),
  });
  const list = (names: readonly string[]) =>
    format.list(
      names.map((name) => `“${name}”`),
      { type: "conjunction" },
    );

  const verdict = (active: Active, isBeatenByLead: boolean): string => {
    switch (active.verdict) {
      case "wins":
        return t(active.kind === "override" ? "verdict.winsOverride" : "verdict.wins", facts(active));
      case "shares":
        return t("verdict.shares", facts(active));
      case "interrupts":
        return t("verdict.interrupts", facts(active));
      case "takes_zone":
        return t("verdict.takesZone", facts(active));
      case "beaten_by_override":
        return t("verdict.beatenByOverride", facts(active));
      case "beaten_by_priority":
        return t(
          isBeatenByLead ? "verdict.beatenByPriority" : "verdict.beatenByPriorityPlain",
          facts(active),
        );
      case "beaten_by_newer":
        return t("verdict.beatenByNewer", facts(active));
      case "nothing_playable":
        return t("verdict.nothingPlayable", facts(active));
    }
  };
  const skipped = ({ why, items, playlist, dayparts }: Extract<Phrase, { kind: "skipped" }>): string => {
    const count = items.length;
    const named = items.slice(0, count > MOST_NAMED ? MOST_NAMED - 1 : count).map(({ name }) => `“${name}”`);
    const others = count > named.length ? [t("skipped.others", { count: count - named.length })] : [];
    const said = format.list([...named, ...others], { type: "conjunction" });
    const names = { items: said, count, playlist: playlist.name };
    switch (why) {
      case "cut":
        return t("skipped.cut", names);
      case "missing":
        return t("skipped.missing", names);
      case "outside_daypart":
        return dayparts.length === 0
          ? t("skipped.outsideDaypart", names)
          : t("skipped.outsideDayparts", { ...names, parts: dayparts.length, dayparts: list(dayparts) });
      case "not_yet_available":
        return t("skipped.notYetAvailable", names);
      case "no_longer_available":
        return t("skipped.noLongerAvailable", names);
      case "nothing_playable":
        return t("skipped.nothingPlayable", names);
    }
  };
  const nextWords = (rule: Rule, next: Named | null): string => {
    if (next) return t("next.entry", { entry: next.name });
    if (rule === "screen_playlist") return t("next.screenPlaylist");
    return rule === "organization_default" ? t("next.organizationDefault") : t("next.idle");
  };

  return {
    say(phrase) {
      switch (phrase.kind) {
        case "override":
        case "wins":
        case "interrupt":
          return t(`because.${phrase.kind}`, { shown: phrase.shown, ...facts(phrase.active) });
        case "shares":
          return t("because.shares", {
            shown: phrase.shown,
            ...facts(phrase.active),
            others: list(phrase.others.map(({ entry }) => entry.name)),
          });
        case "fallback":
          return t(
            phrase.rule === "organization_default" ? "because.organizationDefault" : "because.screenPlaylist",
            {
              shown: phrase.shown,
              reason: t(`reason.${phrase.reason}`),
            },
          );
        case "finishing":
          return t("because.finishing", {
            shown: phrase.shown,
            until: exactTimeWords(format, new Date(phrase.until), timeZone),
            next: nextWords(phrase.rule, phrase.next),
          });
        case "onlyShown":
          return t("because.onlyShown", { shown: phrase.shown });
        case "idle":
          return t(phrase.reason === "noEntry" ? "idle.nothingAtAll" : "idle.nonePlayable");
        case "gap":
          return phrase.entry ? t("idle.gap", { entry: phrase.entry.name }) : t("idle.gapPlain");
        case "verdict":
          return verdict(phrase.active, phrase.isBeatenByLead);
        case "skipped":
          return skipped(phrase);
      }
    },
  };
}
