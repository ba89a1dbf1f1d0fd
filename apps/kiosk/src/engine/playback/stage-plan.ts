import type { ManifestAsset } from "@vitrine/core/model/manifest";
import { MAIN_ZONE, type PlanMessage, type StageItem, type StageSlot } from "../../shared/messages.ts";
import type { Act } from "./acts.ts";
import type { PlannedSlot, ZonePlan } from "./plan.ts";

/** One act and what each of its zones shows, in the order of its zones. */
export interface PlannedAct {
  act: Act;
  zones: readonly ZonePlan[];
}

/** What the stage is told of some acts. `fades` has the playlists whose items fade in, with how long, in ms. */
export function toPlanMessage(
  planned: readonly PlannedAct[],
  clockOffsetMs: number,
  fades: ReadonlyMap<string, number>,
): PlanMessage {
  return {
    kind: "plan",
    clockOffsetMs,
    acts: planned.map(({ act, zones }) => ({
      actId: act.actId,
      startsAtMs: act.startMs,
      mainZoneId: act.mainZoneId,
      zones: act.zones.map((zone, place) => ({ ...zone, slots: slotsOf(act, zones[place], fades) })),
    })),
  };
}

/** Whether the stage would do the same: same slots at the same times by a clock that hardly moved. */
export function isSamePlan(one: PlanMessage, other: PlanMessage): boolean {
  if (Math.abs(one.clockOffsetMs - other.clockOffsetMs) > 5) return false;
  return JSON.stringify(one.acts) === JSON.stringify(other.acts);
}

/** Between two showings of the whole screen the last picture stays; a zone of a layout is empty meanwhile. */
function slotsOf(
  { actId }: Act,
  plan: ZonePlan | undefined,
  fades: ReadonlyMap<string, number>,
): StageSlot[] {
  const gaps = actId !== MAIN_ZONE ? (plan?.gaps ?? []).map(toEmptySlot) : [];
  return [...(plan?.showings ?? []).map((slot) => toStageSlot(slot, fades)), ...gaps].sort(
    (one, other) => one.startsAtMs - other.startsAtMs,
  );
}

/** Each item comes as the playlist says whose line it is; what is scheduled by itself cuts. */
function toStageSlot(
  { slotId, startMs, endMs, asset, content }: PlannedSlot,
  fades: ReadonlyMap<string, number>,
): StageSlot {
  const durationMs = content.playlistId === null ? undefined : fades.get(content.playlistId);
  return {
    slotId,
    startsAtMs: startMs,
    endsAtMs: endMs,
    item: toStageItem(asset),
    transition: durationMs === undefined ? { kind: "cut" } : { kind: "fade", durationMs },
  };
}

function toEmptySlot({ startMs, endMs }: ZonePlan["gaps"][number]): StageSlot {
  const times = { startsAtMs: startMs, endsAtMs: endMs };
  return { slotId: `empty-${startMs}`, ...times, item: { kind: "none" }, transition: { kind: "cut" } };
}

function toStageItem(asset: ManifestAsset): StageItem {
  const { kind, file, url, width, height, reloadSeconds, fit = "contain", loudness = 100 } = asset;
  if (kind === "stream") return { kind, src: url ?? "", fit, loudness };
  if (kind === "web" || !file) return { kind: "web", url: url ?? "", reloadSeconds };
  const src = `media/${file.sha256}`;
  return kind === "image"
    ? { kind, src, width, height, fit, mediaType: file.mediaType }
    : { kind, src, width, height, fit, loudness };
}
