import { usedBy } from "@vitrine/core/model/asset";
import { appError } from "@vitrine/core/model/errors";
import * as layout from "@vitrine/core/model/layout";
import type * as z from "zod";
import { idOf, minutesAgo } from "./things.ts";

type Given = readonly [
  name: string,
  left: number,
  top: number,
  width: number,
  height: number,
  playlist?: string,
];

/** A layout of these zones; the first one is the main one. */
export function layoutOf(
  number: number,
  name: string,
  zones: readonly Given[],
  part: Partial<layout.LayoutView> = {},
): layout.LayoutView {
  return {
    id: idOf(8, number),
    businessId: null,
    name,
    aspect: "16:9",
    zones: zones.map(([zone, left, top, width, height, playlistId], z) => ({
      id: idOf(9, number * 20 + z),
      name: zone,
      left,
      top,
      width,
      height,
      z,
      playlistId: playlistId ?? null,
      playlistName: playlistId ? "All day" : null,
    })),
    mainZoneId: idOf(9, number * 20),
    durationMs: null,
    useCount: number % 3,
    isActive: true,
    updatedAt: minutesAgo(number * 70),
    ...part,
  };
}

/** A layout with a ticker, one beside another, one for portrait screens. */
export const LAYOUTS: readonly layout.LayoutView[] = [
  layoutOf(0, "Film and ticker", [
    ["Main", 0, 0, 1, 0.88, idOf(4, 0)],
    ["Ticker", 0, 0.88, 1, 0.12, idOf(4, 1)],
  ]),
  layoutOf(1, "Menu beside the news", [
    ["Menu", 0, 0, 0.74, 0.8, idOf(4, 1)],
    ["News", 0.74, 0, 0.26, 0.8, idOf(4, 2)],
    ["Offers", 0, 0.8, 1, 0.2],
  ]),
  layoutOf(
    2,
    "Entrance, upright",
    [
      ["Above", 0, 0, 1, 0.5, idOf(4, 0)],
      ["Below", 0, 0.5, 1, 0.5, idOf(4, 1)],
    ],
    { aspect: "9:16", durationMs: 90_000 },
  ),
  layoutOf(3, "A layout whose name somebody wrote out in full, with the season, the year and the city", [
    ["Upper left", 0, 0, 0.5, 0.5, idOf(4, 0)],
    ["Upper right", 0.5, 0, 0.5, 0.5],
    ["Lower left", 0, 0.5, 0.5, 0.5],
    ["Lower right", 0.5, 0.5, 0.5, 0.5, idOf(4, 1)],
  ]),
];

/** Answers of a server that holds these layouts. */
export function layoutAnswers(layouts: readonly layout.LayoutView[]) {
  const find = (id: string) => {
    const found = layouts.find((one) => one.id === id);
    if (!found) throw appError("NOT_FOUND");
    return found;
  };
  return {
    "layouts.list": (input: z.infer<typeof layout.listLayoutsInput>) => {
      const rows = layouts.filter(
        (one) =>
          (input.search === undefined || one.name.toLowerCase().includes(input.search.toLowerCase())) &&
          one.isActive === !input.removed,
      );
      return { rows: rows.slice(0, input.limit), nextCursor: null, total: rows.length };
    },
    "layouts.get": ({ id }: { id: string }) => find(id),
    "layouts.usedBy": () =>
      usedBy.parse({
        playlists: [],
        layouts: [],
        entries: [{ id: idOf(10, 0), name: "Lunch hour" }],
        devices: [],
        isOrganizationDefault: false,
      }),
    "layouts.update": ({ id, ...change }: z.infer<typeof layout.updateLayoutInput>) =>
      updated(find(id), change),
    "layouts.remove": () => ({}),
    "layouts.restore": () => ({}),
  };
}

function updated(
  before: layout.LayoutView,
  change: Omit<z.infer<typeof layout.updateLayoutInput>, "id">,
): layout.LayoutView {
  return layout.layoutView.parse({
    ...before,
    ...change,
    zones: change.zones?.map((zone) => ({ ...zone, playlistName: null })) ?? before.zones,
    updatedAt: new Date().toISOString(),
  });
}
