import type { ManifestAsset, ManifestPreview } from "@vitrine/core/model/manifest";
import {
  compileDay,
  localDateAt,
  type Pass,
  playheadAt,
  type Slot,
  type Timeline,
} from "@vitrine/core/schedule";
import { idleScene } from "./idle-scene.ts";
import { actsFrom, assetsOf, WHOLE_CANVAS } from "./stage-acts.ts";
import type { ToStage, ZoneBox } from "./stage-messages.ts";

const HOLD_MS = 86_400_000;

/** The day around an instant, as the screen itself compiles it. */
export function dayAt({ manifest }: ManifestPreview, atMs: number): Timeline {
  return compileDay(manifest, localDateAt(manifest.timeZone, atMs));
}

/**
 * What the stage is told so that it shows what a screen shows at `atMs`. Held still, what is shown lasts on.
 * `run` tells one jump in time from the next, so that the stage takes the same slot up again.
 */
export function planFor(
  preview: ManifestPreview,
  timeline: Timeline,
  { atMs, wallMs, isHeld, run }: { atMs: number; wallMs: number; isHeld: boolean; run: number },
): ToStage {
  const slot = playheadAt(timeline, atMs)?.slot;
  const acts = slot ? actsFrom(preview, timeline, { slot, atMs, count: isHeld ? 1 : 5, run }) : [];
  if (acts.length === 0) {
    const { deviceName, organizationName, brand } = preview.manifest;
    return idleScene({
      screenName: deviceName,
      organizationName,
      color: brand?.color ?? null,
      logoUrl: preview.logoUrl,
    });
  }
  if (isHeld) {
    for (const last of acts.flatMap(({ zones }) => zones.flatMap(({ slots }) => slots.slice(-1)))) {
      last.endsAtMs += HOLD_MS;
    }
  }
  const clockOffsetMs = atMs - wallMs;
  const [only] = acts;
  return only && acts.length === 1 && only.zones.length === 1
    ? { kind: "plan", clockOffsetMs, zones: only.zones }
    : { kind: "plan", clockOffsetMs, acts };
}

/** When the stage has to be told again: the next change of anything on it, also out of an idle stretch. */
export function nextTellMs(timeline: Timeline, atMs: number): number {
  const head = playheadAt(timeline, atMs);
  if (!head) return timeline.slots.find(({ startMs }) => startMs > atMs)?.startMs ?? timeline.endMs;
  return Math.min(head.slot.endMs, ...head.zones.map(({ slot }) => slot.endMs));
}

/** Where a playlist stands at an instant: in which pass, in which showing of a line in it, and how far into that. */
export type PassHead = {
  pass: Pass;
  itemId: string;
  /** How often the line has come in this pass before. */
  turn: number;
  /** 0 to 1 of the showing. */
  part: number;
};

/** Where a playlist stands at an instant of a day that it has to itself; undefined where it shows nothing. */
export function passHeadAt(passes: readonly Pass[], atMs: number): PassHead | undefined {
  const pass = passes.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
  const place = pass?.showings.findIndex(({ startMs, endMs }) => startMs <= atMs && atMs < endMs) ?? -1;
  const showing = pass?.showings[place];
  if (!pass || !showing) return undefined;
  const { itemId, startMs, endMs } = showing;
  const turn = pass.showings.slice(0, place).filter((one) => one.itemId === itemId).length;
  return { pass, itemId, turn, part: (atMs - startMs) / Math.max(1, endMs - startMs) };
}

/** The asset that has the whole screen at an instant. */
export function assetAt(
  preview: ManifestPreview,
  timeline: Timeline,
  atMs: number,
): ManifestAsset | undefined {
  const slot = playheadAt(timeline, atMs)?.slot;
  return slot?.kind === "asset" ? assetsOf(preview).get(slot.assetId) : undefined;
}

/** The name of what is on the screen at an instant: an asset's, or a layout's with those of what is in its zones. */
export function shownAt(
  preview: ManifestPreview,
  timeline: Timeline,
  atMs: number,
): { name: string; parts: string[] } | undefined {
  const head = playheadAt(timeline, atMs);
  if (!head) return undefined;
  const name = nameOf(preview, head.slot);
  const parts = head.zones.flatMap(({ slot }) => nameOf(preview, slot) ?? []);
  return name === undefined ? undefined : { name, parts: [...new Set(parts)] };
}

/** Films on the screen at an instant, each with its place, its address, and how far into it the screen is. */
export function filmsAt(
  preview: ManifestPreview,
  timeline: Timeline,
  atMs: number,
): { key: string; src: string; atS: number; box: ZoneBox }[] {
  const head = playheadAt(timeline, atMs);
  if (!head) return [];
  const { slot } = head;
  if (slot.kind === "asset")
    return film(preview, slot.assetId, head.offsetMs, { zoneId: "main", box: WHOLE_CANVAS });
  const layout = preview.manifest.layouts.find(({ id }) => id === slot.layoutId);
  return head.zones.flatMap(({ zoneId, slot: inner, offsetMs }) => {
    const zone = layout?.zones.find(({ id }) => id === zoneId);
    return zone ? film(preview, inner.assetId, offsetMs, { zoneId, box: zone }) : [];
  });
}

function film(
  preview: ManifestPreview,
  assetId: string,
  offsetMs: number,
  { zoneId, box }: { zoneId: string; box: ZoneBox },
) {
  const src = assetsOf(preview).get(assetId)?.kind === "video" ? preview.mediaUrls[assetId] : undefined;
  return src ? [{ key: `${zoneId} ${src}`, src, atS: offsetMs / 1000, box }] : [];
}

function nameOf(preview: ManifestPreview, slot: Slot): string | undefined {
  return slot.kind === "asset"
    ? assetsOf(preview).get(slot.assetId)?.name
    : preview.manifest.layouts.find(({ id }) => id === slot.layoutId)?.name;
}
