import type { Colour } from "@vitrine/harness/glass";
import { makeJpeg, makeMp4 } from "@vitrine/harness/media";

/** A file of one colour, so that the glass tells which it shows. */
export interface GapItem {
  kind: "image" | "video";
  /** Its colour's name in the palette. */
  seen: string;
  path: string;
}

export const PALETTE: Record<string, Colour> = {
  red: [200, 30, 40],
  green: [20, 160, 60],
  blue: [30, 60, 200],
  amber: [230, 180, 40],
  violet: [170, 60, 200],
  cyan: [60, 200, 210],
};

/** One item a colour, of these kinds in turn: a photograph, or a film of exactly `itemMs`. */
export async function makeItems(
  folder: string,
  kinds: readonly GapItem["kind"][],
  itemMs: number,
  size: { width: number; height: number },
): Promise<GapItem[]> {
  const items: GapItem[] = [];
  for (const [index, [seen, colour]] of Object.entries(PALETTE).entries()) {
    const kind = kinds[index % kinds.length] ?? "image";
    const path =
      kind === "image"
        ? await makeJpeg(folder, `${seen}.jpg`, colour, size)
        : makeMp4(folder, `${seen}.mp4`, colour, itemMs / 1000);
    items.push({ kind, seen, path });
  }
  return items;
}
