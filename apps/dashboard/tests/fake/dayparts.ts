import type * as daypart from "@vitrine/core/model/daypart";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { idOf, minutesAgo } from "./things.ts";

/** A daypart of these windows. */
export function daypartOf(
  number: number,
  name: string,
  windows: daypart.DaypartView["windows"],
  part: Partial<daypart.DaypartView> = {},
): daypart.DaypartView {
  return {
    id: idOf(11, number),
    name,
    windows,
    exceptDates: [],
    useCount: number % 3,
    isActive: true,
    updatedAt: minutesAgo(number * 40),
    ...part,
  };
}

/** Breakfast on weekdays, a bar over midnight, and all of the weekend. */
export const DAYPARTS: readonly daypart.DaypartView[] = [
  daypartOf(1, "Bar", [{ weekdays: ["FR", "SA"], start: "22:00", end: "02:00" }]),
  daypartOf(
    2,
    "Breakfast",
    [
      { weekdays: ["MO", "TU", "WE", "TH", "FR"], start: "06:00", end: "10:30" },
      { weekdays: ["SA", "SU"], start: "07:30", end: "11:30" },
    ],
    { exceptDates: ["2026-12-25", "2026-12-26"] },
  ),
  daypartOf(3, "Weekend", [{ weekdays: ["SA", "SU"], start: "00:00", end: "00:00" }]),
];

/** Answers of a server that holds these dayparts. */
export function daypartAnswers(dayparts: readonly daypart.DaypartView[]) {
  const find = (id: string) => {
    const found = dayparts.find((one) => one.id === id);
    if (!found) throw appError("NOT_FOUND");
    return found;
  };
  return {
    "dayparts.list": (input: z.infer<typeof daypart.listDaypartsInput>) => {
      const rows = dayparts.filter(
        (one) =>
          (input.search === undefined || one.name.toLowerCase().includes(input.search.toLowerCase())) &&
          one.isActive === !input.removed,
      );
      return { rows: rows.slice(0, input.limit), nextCursor: null, total: rows.length };
    },
    "dayparts.create": (input: z.infer<typeof daypart.createDaypartInput>) =>
      daypartOf(9, input.name, input.windows),
    "dayparts.update": ({ id, ...change }: z.infer<typeof daypart.updateDaypartInput>) => ({
      ...find(id),
      ...change,
    }),
    "dayparts.remove": () => ({}),
    "dayparts.restore": () => ({}),
  };
}
