import {
  MAIN_ZONE,
  type PlanMessage,
  type StageItem,
  type StageSlot,
  WHOLE_CANVAS,
} from "../shared/messages.ts";

/** An image or video of the media folder as a slot's item. */
export function media(kind: "image" | "video", sha256: string): StageItem {
  return { kind, src: `media/${sha256}`, width: null, height: null };
}

/** A web page as a slot's item. */
export function web(url: string, reloadSeconds = 0): StageItem {
  return { kind: "web", url, reloadSeconds };
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
