import type { ExplanationView } from "@vitrine/core/model/entry";
import { createFormatter, createTranslator } from "use-intl";
import { describe, expect, it } from "vitest";
import { enWhy } from "../../messages/en-why.ts";
import { whySentences } from "./why-sentences.ts";
import { whyWords } from "./why-words.ts";

type Active = ExplanationView["entries"][number];
type Showing = NonNullable<ExplanationView["showing"]>;
const NAMES = { menu: "Breakfast menu", buns: "Buns", board: "Lunch board", all: "All day" };
const named = (name: string) => ({ id: name, name });

function active(name: string, verdict: Active["verdict"], part: Partial<Active> = {}): Active {
  const [startsAt, endsAt] = ["2026-03-03T08:00:00.000Z", "2026-03-03T10:00:00.000Z"];
  return { entry: named(name), kind: "normal", priority: 0, startsAt, endsAt, verdict, ...part };
}

function showing(part: Partial<Showing> = {}): Showing {
  return {
    asset: named(NAMES.menu),
    layout: null,
    entry: null,
    reason: "entry",
    startsAt: "2026-03-03T08:30:00.000Z",
    endsAt: "2026-03-03T08:30:10.000Z",
    ...part,
  };
}

function said(
  part: Partial<ExplanationView>,
  daypartsOf?: (playlistId: string, itemId: string) => string[],
): string[] {
  const view: ExplanationView = {
    at: "2026-03-03T08:30:05.000Z",
    localDate: "2026-03-03",
    rule: "entries",
    showing: null,
    entries: [],
    skipped: [],
    ...part,
  };
  const words = whyWords({
    t: createTranslator({ locale: "en", messages: enWhy, namespace: "why" }),
    format: createFormatter({ locale: "en" }),
    timeZone: "Europe/Berlin",
    localDate: view.localDate,
  });
  return whySentences(view, words, daypartsOf).map(({ text }) => text.replaceAll("\u202f", " "));
}

describe("what has the screen", () => {
  it("names the entry, its priority and its local times, and what it beats", () => {
    expect(
      said({
        showing: showing({ entry: named("Morning") }),
        entries: [
          active("Morning", "wins", { priority: 5 }),
          active("All day", "beaten_by_priority", { startsAt: null, endsAt: null }),
        ],
      }),
    ).toEqual([
      "“Breakfast menu” is on because “Morning” (priority 5) is active from 9:00 AM to 11:00 AM.",
      "It beats “All day” (priority 0).",
    ]);
  });

  it("says a day with times that are not of today, and open ends", () => {
    const times = (startsAt: string | null, endsAt: string | null) =>
      said({
        showing: showing({ entry: named("E") }),
        entries: [active("E", "wins", { startsAt, endsAt })],
      })[0];
    expect(times("2026-03-02T21:00:00.000Z", "2026-03-03T23:00:00.000Z")).toContain(
      "active from Mon, Mar 2, 10:00 PM to Wed, Mar 4, 12:00 AM.",
    );
    expect(times(null, "2026-03-03T10:00:00.000Z")).toContain("is active until 11:00 AM.");
    expect(times("2026-03-03T08:00:00.000Z", null)).toContain("is active since 9:00 AM.");
    expect(times(null, null)).toContain("(priority 0) is active.");
  });

  it("names those that take turns", () => {
    expect(
      said({
        showing: showing({ entry: named("A") }),
        entries: [active("A", "shares"), active("B", "shares"), active("C", "shares")],
      }),
    ).toEqual([
      "“Breakfast menu” is on because “A” (priority 0) is active from 9:00 AM to 11:00 AM. It takes turns with “B” and “C”.",
    ]);
  });

  it("tells of an override, of those that wait for it, and of the older one", () => {
    expect(
      said({
        rule: "override",
        showing: showing({
          entry: named("Fire drill"),
          reason: "override",
          asset: null,
          layout: named(NAMES.board),
        }),
        entries: [
          active("Fire drill", "wins", { kind: "override" }),
          active("Old drill", "beaten_by_newer", { kind: "override" }),
          active("Low drill", "beaten_by_priority", { kind: "override" }),
          active("Morning", "beaten_by_override"),
          active("Loyalty", "beaten_by_override", { kind: "interrupt" }),
        ],
      }),
    ).toEqual([
      "“Lunch board” is on because the override “Fire drill” goes before everything else from 9:00 AM to 11:00 AM.",
      "“Old drill” is an override too, but a newer one of the same priority goes first.",
      "It beats “Low drill” (priority 0).",
      "“Morning” is active from 9:00 AM to 11:00 AM, and waits: an override goes before it.",
      "“Loyalty” is active from 9:00 AM to 11:00 AM, and waits: an override goes before it.",
    ]);
  });

  it("tells of an interrupt, of whom it interrupts, of one zone, and of what cannot play", () => {
    expect(
      said({
        showing: showing({ entry: named("Loyalty"), reason: "interrupt" }),
        entries: [
          active("Line", "takes_zone", { kind: "override" }),
          active("Morning", "wins", { priority: 3 }),
          active("Late", "beaten_by_priority"),
          active("Empty", "nothing_playable"),
          active("Loyalty", "interrupts", { kind: "interrupt", startsAt: null, endsAt: null }),
          active("Cards", "interrupts", { kind: "interrupt", startsAt: null, endsAt: null }),
        ],
      }),
    ).toEqual([
      "“Breakfast menu” is on because “Loyalty” comes in between for its share of the time.",
      "“Line” takes one zone of whichever layout plays from 9:00 AM to 11:00 AM.",
      "“Morning” (priority 3) has the screen from 9:00 AM to 11:00 AM.",
      "“Late” (priority 0) waits: a higher priority goes first.",
      "“Empty” is active from 9:00 AM to 11:00 AM, but nothing in it can play, so it is left out.",
      "“Cards” comes in between for its share of the time.",
    ]);
  });

  it("says who takes turns while an interrupt is on", () => {
    expect(
      said({
        showing: showing({ entry: named("Loyalty"), reason: "interrupt" }),
        entries: [active("A", "shares"), active("Loyalty", "interrupts", { kind: "interrupt" })],
      })[1],
    ).toBe("“A” (priority 0) takes its turn, item by item from 9:00 AM to 11:00 AM.");
  });
});

describe("what plays where no entry does", () => {
  it.each([
    [
      "screen_playlist",
      [],
      "“Breakfast menu” is on because the screen’s own playlist plays when no entry of the schedule is active.",
    ],
    [
      "screen_playlist",
      [active("Empty", "nothing_playable")],
      "“Breakfast menu” is on because the screen’s own playlist plays when no active entry has anything that can play.",
    ],
    [
      "organization_default",
      [],
      "“Breakfast menu” is on because the organization’s default playlist plays when no entry of the schedule is active, and the screen has none of its own that can.",
    ],
  ] as const)("%s", (rule, entries, sentence) => {
    expect(said({ rule, showing: showing({ reason: rule }), entries: [...entries] })[0]).toBe(sentence);
  });

  it("tells of what may play to its end, and of who comes then", () => {
    const late = showing({ entry: named("Morning") });
    const end = "“Breakfast menu” is playing to its end at 9:30:10 AM. Then the screen belongs to";
    expect(said({ showing: late, entries: [active("Lunch", "wins")] })[0]).toBe(`${end} “Lunch”.`);
    expect(said({ showing: late, rule: "screen_playlist" })[0]).toBe(`${end} its own playlist.`);
    expect(said({ showing: late, rule: "organization_default" })[0]).toBe(
      `${end} the organization’s default playlist.`,
    );
    expect(said({ showing: late, rule: "idle" })[0]).toBe(`${end} nothing: it will be idle.`);
    expect(said({ showing: late, entries: [active("I", "interrupts", { kind: "interrupt" })] })[0]).toBe(
      "“Breakfast menu” is on.",
    );
  });
});

describe("when nothing plays", () => {
  it("says which of the reasons it is", () => {
    expect(said({ rule: "idle" })[0]).toMatch(
      /^Nothing plays: no entry of the schedule is active, and neither/,
    );
    expect(said({ rule: "idle", entries: [active("Empty", "nothing_playable")] })).toEqual([
      "Nothing plays: what is active has nothing that can play, and neither the screen nor the organization has a playlist to fall back on.",
      "“Empty” is active from 9:00 AM to 11:00 AM, but nothing in it can play, so it is left out.",
    ]);
    expect(said({ entries: [active("Morning", "wins")] })).toEqual([
      "Nothing plays just then: “Morning” has the screen, but nothing of it is due.",
    ]);
    expect(said({ rule: "screen_playlist" })[0]).toBe(
      "Nothing plays just then, though there is something that can play.",
    );
  });
});

describe("what is skipped", () => {
  const skip = (item: string, why: ExplanationView["skipped"][number]["why"]) => ({
    playlist: named(NAMES.all),
    item: named(item),
    why,
  });

  it.each([
    ["cut", "“Ice” is left out of “All day”: the playlists hold each other, so the circle is cut there."],
    ["missing", "“Ice” is left out of “All day”: it was removed or is not ready."],
    ["outside_daypart", "“Ice” in “All day” waits for its daypart."],
    ["not_yet_available", "“Ice” in “All day” is not available yet."],
    ["no_longer_available", "“Ice” in “All day” is no longer available."],
    ["nothing_playable", "“Ice” in “All day” has nothing that can play."],
  ] as const)("%s has its sentence", (why, sentence) => {
    expect(said({ rule: "idle", skipped: [skip("Ice", why)] })[1]).toBe(sentence);
  });

  it("names the daypart where it is known, and tells alike items together", () => {
    const skipped = ["A", "B", "C", "D", "Ice"].map((item) => skip(item, "outside_daypart"));
    expect(
      said({ rule: "idle", skipped }, (_, item) => (item === "Ice" ? ["Lunch"] : ["Open"])).slice(1),
    ).toEqual([
      "“A”, “B”, and 2 others in “All day” wait for the daypart “Open”.",
      "“Ice” in “All day” waits for the daypart “Lunch”.",
    ]);
    expect(said({ rule: "idle", skipped: skipped.slice(0, 1) }, () => ["Lunch", "Dinner"])[1]).toBe(
      "“A” in “All day” waits for one of the dayparts “Lunch” and “Dinner”.",
    );
  });
});
