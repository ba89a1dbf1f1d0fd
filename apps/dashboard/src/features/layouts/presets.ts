import type { ZoneInput } from "@vitrine/core/model/layout";
import type { Box } from "./zone-geometry.ts";

export type ZoneName =
  | "main"
  | "ticker"
  | "sidebar"
  | "left"
  | "right"
  | "upper"
  | "lower"
  | "upperLeft"
  | "upperRight"
  | "lowerLeft"
  | "lowerRight"
  | "header"
  | "footer"
  | "corner";
export type Preset = { key: PresetKey; zones: readonly (Box & { name: ZoneName })[] };
type PresetKey = keyof typeof BOXES;

const BOXES = {
  full: [["main", 0, 0, 1, 1]],
  ticker: [
    ["main", 0, 0, 1, 0.88],
    ["ticker", 0, 0.88, 1, 0.12],
  ],
  sidebar: [
    ["main", 0, 0, 0.72, 1],
    ["sidebar", 0.72, 0, 0.28, 1],
  ],
  lShape: [
    ["main", 0, 0, 0.74, 0.8],
    ["sidebar", 0.74, 0, 0.26, 0.8],
    ["ticker", 0, 0.8, 1, 0.2],
  ],
  columns: [
    ["left", 0, 0, 0.5, 1],
    ["right", 0.5, 0, 0.5, 1],
  ],
  rows: [
    ["upper", 0, 0, 1, 0.5],
    ["lower", 0, 0.5, 1, 0.5],
  ],
  quarters: [
    ["upperLeft", 0, 0, 0.5, 0.5],
    ["upperRight", 0.5, 0, 0.5, 0.5],
    ["lowerLeft", 0, 0.5, 0.5, 0.5],
    ["lowerRight", 0.5, 0.5, 0.5, 0.5],
  ],
  frame: [
    ["main", 0, 0.14, 1, 0.74],
    ["header", 0, 0, 1, 0.14],
    ["footer", 0, 0.88, 1, 0.12],
  ],
  inset: [
    ["main", 0, 0, 1, 1],
    ["corner", 0.68, 0.64, 0.28, 0.3],
  ],
} as const satisfies Record<string, readonly (readonly [ZoneName, number, number, number, number])[]>;

/** Arrangements to begin with; the first zone of each is the main one. */
export const PRESETS: readonly Preset[] = presetKeys().map((key) => ({
  key,
  zones: BOXES[key].map(([name, left, top, width, height]) => ({ name, left, top, width, height })),
}));

/** The zones of a preset, named, each with an id of its own. */
export function zonesOf(
  preset: Preset,
  nameOf: (name: ZoneName) => string,
  makeId: () => string,
): ZoneInput[] {
  return preset.zones.map(({ name, ...box }, z) => ({
    id: makeId(),
    name: nameOf(name),
    ...box,
    z,
    playlistId: null,
  }));
}

function presetKeys(): PresetKey[] {
  return ["full", "ticker", "sidebar", "lShape", "columns", "rows", "quarters", "frame", "inset"];
}
