import type { Fit } from "@vitrine/core/model/asset";

/** What the dashboard says to the stage; the shapes of the kiosk's stage protocol, version 1. */
export type StageItem =
  | { kind: "image"; src: string; width: number | null; height: number | null; fit: Fit }
  | {
      kind: "video";
      src: string;
      width: number | null;
      height: number | null;
      fit: Fit;
      loudness: number;
    }
  | { kind: "stream"; src: string; fit: Fit; loudness: number }
  | { kind: "web"; url: string; reloadSeconds: number }
  | { kind: "none" };

export type StageSlot = {
  slotId: string;
  startsAtMs: number;
  endsAtMs: number;
  item: StageItem;
  transition: { kind: "cut" } | { kind: "fade"; durationMs: number };
};

/** A rectangle of the canvas, in fractions of its width and height. */
export type ZoneBox = { left: number; top: number; width: number; height: number };
export type StageZone = { zoneId: string; box: ZoneBox; z?: number; slots: StageSlot[] };
/** Zones that have the canvas together, until the next act starts. */
export type StageAct = { actId: string; startsAtMs: number; mainZoneId: string; zones: StageZone[] };
/** Either one act without beginning or end, by its zones, or acts in order of time. */
export type StagePlan = { kind: "plan"; clockOffsetMs: number } & (
  | { zones: StageZone[]; acts?: never }
  | { acts: StageAct[]; zones?: never }
);

/** How the organization looks; null: as ours. `logoSrc` is an absolute address. */
export type StageBrand = { color: string | null; logoSrc: string | null };

export type ToStage =
  | { kind: "settings"; rotation: 0; volumePercent: 0 }
  | {
      kind: "idle";
      screenName: string;
      organizationName: string;
      serverHost: null;
      isOnline: true;
      brand: StageBrand;
    }
  | StagePlan;

/** What is heard of the stage here: that it listens, and what could not be shown. */
export type FromStage =
  | { kind: "ready" }
  | { kind: "shown" }
  | { kind: "failed"; slotId: string; text: string };

/** Reads a message of the stage's page; undefined for all that is of no use here. */
export function readStageMessage(data: unknown): FromStage | undefined {
  if (typeof data !== "object" || data === null || !("kind" in data)) return undefined;
  if (data.kind === "ready" || data.kind === "shown") return { kind: data.kind };
  if (data.kind !== "failed") return undefined;
  const slotId = "slotId" in data && typeof data.slotId === "string" ? data.slotId : "";
  const text = "text" in data && typeof data.text === "string" ? data.text : "";
  return { kind: "failed", slotId, text };
}
