import type { ManifestPreview } from "@vitrine/core/model/manifest";
import { localDateAt, playheadAt, type Timeline } from "@vitrine/core/schedule";
import { useMemo } from "react";
import { type DayBlock, dayBlocks } from "./day-blocks.ts";
import { dayAt } from "./preview-plan.ts";
import { type PreviewClock, usePreviewClock, useTicking } from "./use-preview-clock.ts";

/** A moment of a screen's time that moves with its clock, with the day around it. */
export type Moment = {
  preview: ManifestPreview;
  timeZone: string;
  clock: PreviewClock;
  atMs: number;
  timeline: Timeline;
  blocks: readonly DayBlock[];
  /** Names what is on the screen; undefined while nothing is. */
  slotId: string | undefined;
};

/** Begins at an instant (epoch ms), running with the wall clock or held still. */
export function useMoment(
  preview: ManifestPreview,
  { startMs, runsAtFirst }: { startMs: number; runsAtFirst: boolean },
): Moment {
  const { timeZone } = preview.manifest;
  const clock = usePreviewClock(startMs, runsAtFirst);
  const atMs = useTicking(clock);
  const date = localDateAt(timeZone, atMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: compiled once a day, not on each tick
  const timeline = useMemo(() => dayAt(preview, atMs), [preview, date]);
  const blocks = useMemo(() => dayBlocks(timeline), [timeline]);
  return {
    preview,
    timeZone,
    clock,
    atMs,
    timeline,
    blocks,
    slotId: playheadAt(timeline, atMs)?.slot.slotId,
  };
}
