import type { ManifestAsset, ManifestPreview } from "@vitrine/core/model/manifest";
import {
  compileDay,
  localDateAt,
  type Playhead,
  playheadAt,
  type Slot,
  type Timeline,
} from "@vitrine/core/schedule";
import type { StageItem, StageSlot, ToStage } from "./stage-messages.ts";

const AHEAD = 4;
const HOLD_MS = 86_400_000;

/** The day around an instant, as the screen itself compiles it. */
export function dayAt({ manifest }: ManifestPreview, atMs: number): Timeline {
  return compileDay(manifest, localDateAt(manifest.timeZone, atMs));
}

/**
 * What the stage is told so that it shows what a screen shows at `atMs`. Held still, the slot of now lasts on.
 * `run` tells one jump in time from the next, so that the stage takes the same slot up again.
 */
export function planFor(
  preview: ManifestPreview,
  timeline: Timeline,
  { atMs, wallMs, isHeld, run }: { atMs: number; wallMs: number; isHeld: boolean; run: number },
): ToStage {
  const head = playheadAt(timeline, atMs);
  const slots = head ? upcoming(timeline, head) : [];
  const shown = slots.flatMap((slot) => {
    const item = slot.kind === "asset" ? stageItem(preview, slot.assetId) : undefined;
    return item ? [stageSlot(slot, item, run)] : [];
  });
  const [current] = shown;
  if (!current) {
    const { deviceName, organizationName } = preview.manifest;
    return { kind: "idle", screenName: deviceName, organizationName, serverHost: null, isOnline: true };
  }
  return {
    kind: "plan",
    clockOffsetMs: atMs - wallMs,
    zones: [
      {
        zoneId: "main",
        box: { left: 0, top: 0, width: 1, height: 1 },
        slots: isHeld ? [{ ...current, endsAtMs: current.endsAtMs + HOLD_MS }] : shown,
      },
    ],
  };
}

/** How long one pass of the loop takes, read off the timeline: until its first item comes again, or the day ends. */
export function passLengthMs(timeline: Timeline): number {
  const [first] = timeline.slots;
  if (!first) return 0;
  const second = timeline.slots.findIndex((slot, index) => index > 0 && slot.itemId === first.itemId);
  const end = second < 0 ? timeline.slots.at(-1)?.endMs : timeline.slots[second]?.startMs;
  return (end ?? first.endMs) - first.startMs;
}

/** The asset that plays at an instant. */
export function assetAt(
  preview: ManifestPreview,
  timeline: Timeline,
  atMs: number,
): ManifestAsset | undefined {
  const slot = playheadAt(timeline, atMs)?.slot;
  if (slot?.kind !== "asset") return undefined;
  return preview.manifest.assets.find((asset) => asset.id === slot.assetId);
}

function upcoming(timeline: Timeline, head: Playhead): readonly Slot[] {
  const index = timeline.slots.indexOf(head.slot);
  return timeline.slots.slice(index, index + AHEAD);
}

function stageSlot(slot: Slot, item: StageItem, run: number): StageSlot {
  return {
    slotId: `${slot.slotId}-${run}`,
    startsAtMs: slot.startMs,
    endsAtMs: slot.endMs,
    item,
    transition: { kind: "cut" },
  };
}

function stageItem({ manifest, mediaUrls }: ManifestPreview, assetId: string): StageItem | undefined {
  const asset = manifest.assets.find((one) => one.id === assetId);
  if (!asset) return undefined;
  if (asset.kind === "web") {
    return asset.url ? { kind: "web", url: asset.url, reloadSeconds: asset.reloadSeconds } : undefined;
  }
  const address = mediaUrls[asset.id];
  if (!address) return undefined;
  const src = new URL(address, globalThis.location?.href).href;
  return { kind: asset.kind, src, width: asset.width, height: asset.height };
}
