import type { Fit } from "@vitrine/core/model/asset";
import {
  MAIN_ZONE,
  type PlanMessage,
  type StageAct,
  type StageItem,
  type StageSlot,
  type StageZone,
  WHOLE_CANVAS,
  type ZoneBox,
} from "../shared/messages.ts";

/** An image or video of the media folder as a slot's item. */
export function media(kind: "image" | "video", sha256: string, fit: Fit = "contain"): StageItem {
  const shown = { src: `media/${sha256}`, width: null, height: null, fit };
  return kind === "image" ? { kind, ...shown } : { kind, ...shown, loudness: 100 };
}

/** A web page as a slot's item. */
export function web(url: string, reloadSeconds = 0): StageItem {
  return { kind: "web", url, reloadSeconds };
}

/** A stream as a slot's item. */
export function stream(src: string): StageItem {
  return { kind: "stream", src, fit: "contain", loudness: 100 };
}

/** One thing after another from `startsAtMs`; slots are called `a`, `b`, `c` … unless told. */
export function sequence(
  startsAtMs: number,
  items: readonly { item: StageItem; durationMs: number; slotId?: string; fadeMs?: number }[],
): StageSlot[] {
  let next = startsAtMs;
  return items.map(({ item, durationMs, slotId, fadeMs }, index) => {
    const start = next;
    next += durationMs;
    return {
      slotId: slotId ?? String.fromCharCode(97 + index),
      startsAtMs: start,
      endsAtMs: next,
      item,
      transition: fadeMs === undefined ? { kind: "cut" } : { kind: "fade", durationMs: fadeMs },
    };
  });
}

/** A plan of the main zone alone, by this machine's clock unless an offset is told. */
export function plan(slots: StageSlot[], clockOffsetMs = 0): PlanMessage {
  return { kind: "plan", clockOffsetMs, zones: [{ zoneId: MAIN_ZONE, box: WHOLE_CANVAS, slots }] };
}

/** An act of the whole screen. */
export function wholeScreen(slots: StageSlot[], startsAtMs = slots[0]?.startsAtMs ?? 0): StageAct {
  return {
    actId: MAIN_ZONE,
    startsAtMs,
    mainZoneId: MAIN_ZONE,
    zones: [{ zoneId: MAIN_ZONE, box: WHOLE_CANVAS, slots }],
  };
}

const LEFT: ZoneBox = { left: 0, top: 0, width: 0.5, height: 1 };
const RIGHT: ZoneBox = { left: 0.5, top: 0, width: 0.5, height: 1 };

/** An act of two zones, `left` (the main one) and `right`, half of the canvas each; slots are called `left-a` and so on. */
export function twoHalves(
  actId: string,
  startsAtMs: number,
  left: StageSlot[],
  right: StageSlot[],
): StageAct {
  const zoneOf = (zoneId: string, box: ZoneBox, slots: StageSlot[]): StageZone => ({
    zoneId,
    box,
    slots: slots.map((slot) => ({ ...slot, slotId: `${zoneId}-${slot.slotId}` })),
  });
  return {
    actId,
    startsAtMs,
    mainZoneId: "left",
    zones: [zoneOf("left", LEFT, left), zoneOf("right", RIGHT, right)],
  };
}

/** A plan of acts by this machine's clock. */
export function actPlan(...acts: StageAct[]): PlanMessage {
  return { kind: "plan", clockOffsetMs: 0, acts };
}
