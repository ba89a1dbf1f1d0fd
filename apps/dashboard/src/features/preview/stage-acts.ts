import type { ManifestAsset, ManifestPreview } from "@vitrine/core/model/manifest";
import type { AssetSlot, LayoutSlot, Slot, Timeline, ZoneTrack } from "@vitrine/core/schedule";
import type { StageAct, StageItem, StageSlot, StageZone, ZoneBox } from "./stage-messages.ts";

const AHEAD = 4;
const MAIN = "main";
/** A box as large as the screen. */
export const WHOLE_CANVAS: ZoneBox = { left: 0, top: 0, width: 1, height: 1 };

/**
 * What the stage is told of the slot of an instant and those after it: showings on the whole screen are one act,
 * a layout is one for as long as it stays. `run` tells one jump in time from the next, so that a slot is taken up again.
 */
export function actsFrom(
  preview: ManifestPreview,
  timeline: Timeline,
  { slot, atMs, count, run }: { slot: Slot; atMs: number; count: number; run: number },
): StageAct[] {
  const index = timeline.slots.indexOf(slot);
  const acts: StageAct[] = [];
  for (const next of timeline.slots.slice(index, index + Math.min(AHEAD, count))) {
    const last = acts.at(-1);
    if (next.kind === "layout") {
      const act = layoutAct(preview, next, { atMs, count, run });
      if (act && last?.actId === act.actId) appendZones(last, act);
      else if (act) acts.push(act);
      continue;
    }
    const shown = stageSlot(preview, next, run);
    if (!shown) continue;
    if (last?.actId === MAIN) last.zones[0]?.slots.push(shown);
    else {
      const zones = [{ zoneId: MAIN, box: WHOLE_CANVAS, slots: [shown] }];
      acts.push({ actId: MAIN, startsAtMs: next.startMs, mainZoneId: MAIN, zones });
    }
  }
  return acts;
}

/** Assets by id, found once a manifest. */
export function assetsOf(preview: ManifestPreview): ReadonlyMap<string, ManifestAsset> {
  const known = remembered.get(preview) ?? new Map(preview.manifest.assets.map((asset) => [asset.id, asset]));
  remembered.set(preview, known);
  return known;
}

const remembered = new WeakMap<ManifestPreview, ReadonlyMap<string, ManifestAsset>>();

function layoutAct(
  preview: ManifestPreview,
  slot: LayoutSlot,
  { atMs, count, run }: { atMs: number; count: number; run: number },
): StageAct | undefined {
  const layout = preview.manifest.layouts.find(({ id }) => id === slot.layoutId);
  if (!layout) return undefined;
  const tracks = new Map(slot.zones.map((track) => [track.zoneId, track]));
  const zones = layout.zones.map(({ id, left, top, width, height, z }): StageZone => {
    const slots = zoneSlots(preview, tracks.get(id), { slot, atMs, count, run });
    return { zoneId: id, box: { left, top, width, height }, z, slots };
  });
  return { actId: layout.id, startsAtMs: slot.startMs, mainZoneId: layout.mainZoneId, zones };
}

/** The same layout goes on with another of its slots. */
function appendZones(act: StageAct, next: StageAct): void {
  for (const [place, zone] of next.zones.entries()) act.zones[place]?.slots.push(...zone.slots);
}

/** What a zone shows from an instant on; where it has nothing, it is told to be empty. */
function zoneSlots(
  preview: ManifestPreview,
  track: ZoneTrack | undefined,
  { slot, atMs, count, run }: { slot: LayoutSlot; atMs: number; count: number; run: number },
): StageSlot[] {
  const fromMs = Math.max(slot.startMs, atMs);
  const shown: StageSlot[] = [];
  let untilMs = slot.startMs;
  for (const one of track?.slots ?? []) {
    if (shown.length > count) break;
    if (one.endMs <= fromMs) {
      untilMs = one.endMs;
      continue;
    }
    if (one.startMs > untilMs) shown.push(emptySlot(slot, { startMs: untilMs, endMs: one.startMs }, run));
    const said = stageSlot(preview, one, run);
    shown.push(said ?? emptySlot(slot, one, run));
    untilMs = one.endMs;
  }
  if (shown.length <= count && untilMs < slot.endMs)
    shown.push(emptySlot(slot, { startMs: untilMs, endMs: slot.endMs }, run));
  return shown.filter(({ endsAtMs }) => endsAtMs > fromMs).slice(0, count);
}

function stageSlot(preview: ManifestPreview, slot: AssetSlot, run: number): StageSlot | undefined {
  const item = stageItem(preview, slot.assetId);
  if (!item) return undefined;
  const { slotId, startMs, endMs } = slot;
  return {
    slotId: `${slotId}-${run}`,
    startsAtMs: startMs,
    endsAtMs: endMs,
    item,
    transition: transitionOf(preview, slot.playlistId),
  };
}

/** An item comes as the playlist says whose line it is; what is scheduled by itself cuts. */
function transitionOf({ manifest }: ManifestPreview, playlistId: string | null): StageSlot["transition"] {
  const fadeMs = manifest.playlists.find(({ id }) => id === playlistId)?.fadeMs;
  return fadeMs ? { kind: "fade", durationMs: fadeMs } : { kind: "cut" };
}

function emptySlot(
  slot: LayoutSlot,
  { startMs, endMs }: { startMs: number; endMs: number },
  run: number,
): StageSlot {
  return {
    slotId: `empty-${startMs}-${slot.itemId}-${run}`,
    startsAtMs: startMs,
    endsAtMs: endMs,
    item: { kind: "none" },
    transition: { kind: "cut" },
  };
}

function stageItem(preview: ManifestPreview, assetId: string): StageItem | undefined {
  const asset = assetsOf(preview).get(assetId);
  if (!asset) return undefined;
  const { fit = "contain", loudness = 100 } = asset;
  if (asset.kind === "stream") {
    return asset.url ? { kind: "stream", src: asset.url, fit, loudness } : undefined;
  }
  if (asset.kind === "web") {
    return asset.url ? { kind: "web", url: asset.url, reloadSeconds: asset.reloadSeconds } : undefined;
  }
  const address = preview.mediaUrls[asset.id];
  if (!address) return undefined;
  const src = new URL(address, globalThis.location?.href).href;
  const { width, height } = asset;
  return asset.kind === "image"
    ? { kind: "image", src, width, height, fit }
    : { kind: "video", src, width, height, fit, loudness };
}
