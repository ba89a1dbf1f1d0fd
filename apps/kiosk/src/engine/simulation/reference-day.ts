import type { Manifest } from "@vitrine/core/model/manifest";
import { walkDay } from "@vitrine/core/schedule/testing/reference";
import { MAIN_ZONE } from "../../shared/messages.ts";
import { contentOf } from "../playback/plan.ts";

/** One thing that comes onto the glass, by the reference evaluator. */
export interface Transition {
  zoneId: string;
  content: string;
  startMs: number;
}

/**
 * A day by the reference, which knows no layouts: each stands in it for one item as long as the layout lasts, and what
 * its zones show is counted from where showings of it begin. Zones must play assets in sequence, and nothing else.
 */
export function referenceDay(manifest: Manifest, localDate: string, stepMs: number): Transition[] {
  const flat = withoutLayouts(manifest);
  const transitions: Transition[] = [];
  let former = "";
  let board: { layoutId: string; fromMs: number } | undefined;
  let lastMs = 0;
  const closeBoard = (untilMs: number) => {
    if (board) transitions.push(...zonesOf(manifest, board.layoutId, board.fromMs, untilMs));
    board = undefined;
  };
  walkDay(flat, localDate, stepMs, (instantMs, glimpse) => {
    lastMs = instantMs;
    const layoutId = manifest.layouts.find(({ id }) => id === glimpse?.assetId)?.id;
    if (layoutId !== board?.layoutId) closeBoard(instantMs);
    if (layoutId !== undefined) board ??= { layoutId, fromMs: instantMs };
    const key = glimpse ? `${glimpse.sinceMs} ${glimpse.itemId} ${glimpse.assetId}` : "";
    if (glimpse && layoutId === undefined && key !== former)
      transitions.push({
        zoneId: MAIN_ZONE,
        content: contentIn(manifest, glimpse.assetId),
        startMs: glimpse.sinceMs,
      });
    former = key;
    return true;
  });
  closeBoard(lastMs + stepMs);
  return transitions;
}

function withoutLayouts(manifest: Manifest): Manifest {
  const standIns = manifest.layouts.map(({ id, name, durationMs }) => ({
    ...{ id, name, kind: "web" as const, durationMs: durationMs ?? 0, width: null, height: null, file: null },
    ...{ url: "https://layout.test/", reloadSeconds: 0, availableFrom: null, availableUntil: null },
  }));
  return {
    ...manifest,
    layouts: [],
    assets: [...manifest.assets, ...standIns],
    entries: manifest.entries.map((entry) =>
      entry.content.kind === "layout"
        ? { ...entry, content: { kind: "asset" as const, assetId: entry.content.layoutId } }
        : entry,
    ),
  };
}

function zonesOf(manifest: Manifest, layoutId: string, fromMs: number, untilMs: number): Transition[] {
  const zones = manifest.layouts.find(({ id }) => id === layoutId)?.zones ?? [];
  return zones.flatMap((zone) => {
    const items = manifest.playlists.find(({ id }) => id === zone.playlistId)?.items ?? [];
    const shown: Transition[] = [];
    for (let startMs = fromMs, place = 0; items.length > 0 && startMs < untilMs; place += 1) {
      const item = items[place % items.length];
      const asset = manifest.assets.find(({ id }) => id === item?.assetId);
      if (!item || !asset) throw new Error("A zone of the reference plays assets only");
      shown.push({ zoneId: zone.id, content: contentIn(manifest, asset.id), startMs });
      startMs += item.durationMs ?? asset.durationMs;
    }
    return shown;
  });
}

function contentIn({ assets }: Manifest, assetId: string): string {
  const asset = assets.find(({ id }) => id === assetId);
  return asset ? contentOf(asset).replace(/^web /, "") : assetId;
}
