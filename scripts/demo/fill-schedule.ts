import type { Person } from "@vitrine/harness/person";

type Entry = Parameters<Person["api"]["schedule"]["create"]["mutate"]>[0];

/** Gives the café a week: breakfast, lunch and cake hours, a layout in the evening, and an advertiser's share. */
export async function fillSchedule({ api }: Person, assetIds: readonly string[]): Promise<void> {
  const take = (...places: number[]) => places.flatMap((place) => assetIds[place % assetIds.length] ?? []);
  const playlist = (name: string, ...places: number[]) =>
    api.playlists.create.mutate({ name, assetIds: take(...places) });
  const [breakfast, lunch, cake, news] = await Promise.all([
    playlist("Breakfast", 0, 1),
    playlist("Lunch menu", 2, 3),
    playlist("Coffee and cake", 1, 4, 5),
    playlist("House news", 5),
  ]);
  await api.dayparts.create.mutate({
    name: "Opening hours",
    windows: [
      { weekdays: ["MO", "TU", "WE", "TH", "FR"], start: "07:00", end: "19:00" },
      { weekdays: ["SA", "SU"], start: "09:00", end: "18:00" },
    ],
  });
  const [main, side] = [crypto.randomUUID(), crypto.randomUUID()];
  const layout = await api.layouts.create.mutate({
    name: "Menu with news",
    zones: [
      { id: main, name: "Main", left: 0, top: 0, width: 0.7, height: 1, z: 0, playlistId: lunch.id },
      { id: side, name: "News", left: 0.7, top: 0, width: 0.3, height: 1, z: 0, playlistId: news.id },
    ],
    mainZoneId: main,
  });
  const weekly = (from: string, until: string, days: string) => {
    const date = firstOf(days);
    return {
      start: `${date}T${from}`,
      end: `${date}T${until}`,
      recurrence: `FREQ=WEEKLY;BYDAY=${days}`,
      exceptDates: [],
      extraDates: [],
    };
  };
  const entries: Omit<Entry, "targets">[] = [
    {
      content: { kind: "playlist", playlistId: breakfast.id },
      when: weekly("07:00", "11:00", "MO,TU,WE,TH,FR"),
      priority: 1,
    },
    {
      content: { kind: "playlist", playlistId: lunch.id },
      when: weekly("11:00", "14:30", "MO,TU,WE,TH,FR"),
      priority: 1,
    },
    {
      content: { kind: "playlist", playlistId: cake.id },
      when: weekly("14:30", "18:00", "MO,TU,WE,TH,FR,SA"),
      priority: 1,
    },
    {
      name: "Evening with news",
      content: { kind: "layout", layoutId: layout.id },
      when: weekly("18:00", "22:00", "TH,FR,SA"),
      priority: 2,
    },
    {
      name: "Roastery's share",
      kind: "interrupt",
      content: { kind: "asset", assetId: take(4)[0] ?? "" },
      when: weekly("09:00", "17:00", "SA"),
      sharePercent: 20,
    },
  ];
  for (const entry of entries) {
    await api.schedule.create.mutate({ ...entry, targets: { isEverywhere: true } });
  }
}

/** The day of this week that the rule names first: a start is an occurrence in any case. */
function firstOf(days: string): string {
  const now = new Date();
  const wanted = WEEKDAYS.indexOf(days.slice(0, 2));
  return new Date(now.getTime() + (wanted - ((now.getUTCDay() + 6) % 7)) * 86_400_000)
    .toISOString()
    .slice(0, 10);
}

const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
