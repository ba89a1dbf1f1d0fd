import type { ExplanationView } from "@vitrine/core/model/entry";
import type { Phrase, WhyWords } from "./why-words.ts";

export type WhySentence = {
  key: string;
  /** What it speaks of: the outcome, an entry by its part in it, or an item that is left out. */
  kind: "outcome" | "idle" | "has" | "between" | "waits" | "left_out" | "skipped";
  text: string;
};

/** Names of the dayparts that an item of a playlist waits for, where they are known. */
export type DaypartsOf = (playlistId: string, itemId: string) => readonly string[];

type Active = ExplanationView["entries"][number];

/** Sentences that say why a screen shows what it shows: the outcome first, then each active entry, then what is skipped. */
export function whySentences(
  view: ExplanationView,
  words: WhyWords,
  daypartsOf: DaypartsOf = () => [],
): WhySentence[] {
  const lead = leadOf(view);
  return [
    { key: "lead", kind: view.showing ? "outcome" : "idle", text: words.say(lead.phrase) },
    ...view.entries
      .filter((active) => active !== lead.about && !lead.named.includes(active))
      .map((active) => ({
        key: `entry-${active.entry.id}-${active.startsAt}`,
        kind: KIND_OF[active.verdict],
        text: words.say(verdictPhrase(active, lead.about)),
      })),
    ...skippedGroups(view, daypartsOf).map(([key, phrase]) => ({
      key,
      kind: "skipped" as const,
      text: words.say(phrase),
    })),
  ];
}

/** Items of one playlist that are left out for one reason are told together. */
function skippedGroups(view: ExplanationView, daypartsOf: DaypartsOf): [string, Phrase][] {
  const groups = new Map<string, Extract<Phrase, { kind: "skipped" }>>();
  for (const { playlist, item, why } of view.skipped) {
    const dayparts = why === "outside_daypart" ? daypartsOf(playlist.id, item.id) : [];
    const key = ["skipped", playlist.id, why, ...dayparts].join(" ");
    const items = [...(groups.get(key)?.items ?? []), item];
    groups.set(key, { kind: "skipped", why, items, playlist, dayparts });
  }
  return [...groups];
}

const KIND_OF: Record<Active["verdict"], WhySentence["kind"]> = {
  wins: "has",
  shares: "has",
  interrupts: "between",
  takes_zone: "between",
  beaten_by_override: "waits",
  beaten_by_priority: "waits",
  beaten_by_newer: "waits",
  nothing_playable: "left_out",
};

type Lead = {
  phrase: Phrase;
  /** The entry that the sentence gives as the reason, and others that it names. */
  about: Active | undefined;
  named: readonly Active[];
};

function leadOf(view: ExplanationView): Lead {
  const { showing, rule, entries } = view;
  const holder = entries.find(({ verdict }) => verdict === "wins" || verdict === "shares");
  const reason = entries.some(({ verdict }) => verdict === "nothing_playable") ? "nonePlayable" : "noEntry";
  if (!showing) {
    if (rule === "idle") return alone({ kind: "idle", reason });
    return { phrase: { kind: "gap", entry: holder?.entry ?? null }, about: holder, named: [] };
  }
  const shown = (showing.asset ?? showing.layout)?.name ?? "";
  const about = entries.find(
    ({ entry, verdict }) =>
      entry.id === showing.entry?.id &&
      (verdict === "wins" || verdict === "shares" || verdict === "interrupts"),
  );
  if (about?.verdict === "interrupts") {
    return { phrase: { kind: "interrupt", shown, active: about }, about, named: [] };
  }
  if (about?.kind === "override")
    return { phrase: { kind: "override", shown, active: about }, about, named: [] };
  if (about) {
    const others = entries.filter((one) => one.verdict === "shares" && one !== about);
    if (others.length === 0) return { phrase: { kind: "wins", shown, active: about }, about, named: [] };
    return { phrase: { kind: "shares", shown, active: about, others }, about, named: others };
  }
  const isFallback = showing.reason === "screen_playlist" || showing.reason === "organization_default";
  if (isFallback && showing.reason === rule) return alone({ kind: "fallback", shown, rule, reason });
  const next = rule === "entries" || rule === "override" ? (holder?.entry ?? null) : null;
  if ((rule === "entries" || rule === "override") && !next) return alone({ kind: "onlyShown", shown });
  return alone({ kind: "finishing", shown, until: showing.endsAt, rule, next });
}

function alone(phrase: Phrase): Lead {
  return { phrase, about: undefined, named: [] };
}

function verdictPhrase(active: Active, about: Active | undefined): Phrase {
  const isBeatenByLead =
    active.verdict === "beaten_by_priority" &&
    about !== undefined &&
    (about.verdict === "wins" || about.verdict === "shares") &&
    about.kind === active.kind;
  return { kind: "verdict", active, isBeatenByLead };
}
