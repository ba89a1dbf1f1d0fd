import type { Manifest } from "@vitrine/core/model/manifest";
import { compileDay, localDateAt, playheadAt, type Timeline } from "@vitrine/core/schedule";
import { MAIN_ZONE } from "../../shared/messages.ts";
import { contentOf } from "../playback/plan.ts";

/** What a zone is to show, since when. */
export interface ExpectedShowing {
  content: string;
  startMs: number;
}

/** What `playheadAt` says of a manifest, zone by zone, in the terms of the glass. */
export interface Expectation {
  at(manifest: Manifest, instantMs: number): ReadonlyMap<string, ExpectedShowing>;
}

/** Keeps the days it compiled by the manifests' schedules. */
export function createExpectation(): Expectation {
  const days = new WeakMap<Manifest["assets"], Map<string, Timeline>>();
  return {
    at(manifest, instantMs) {
      const known = days.get(manifest.assets) ?? new Map<string, Timeline>();
      days.set(manifest.assets, known);
      const date = localDateAt(manifest.timeZone, instantMs);
      const timeline = known.get(date) ?? compileDay(manifest, date);
      known.set(date, timeline);
      const slot = playheadAt(timeline, Math.floor(instantMs))?.slot;
      const expected = new Map<string, ExpectedShowing>();
      const put = (zoneId: string, assetId: string, startMs: number) => {
        const asset = manifest.assets.find((one) => one.id === assetId);
        if (asset) expected.set(zoneId, { content: contentOf(asset).replace(/^web /, ""), startMs });
      };
      if (slot?.kind === "asset") put(MAIN_ZONE, slot.assetId, slot.startMs);
      for (const zone of slot?.kind === "layout" ? slot.zones : []) {
        const inner = zone.slots.find((one) => one.startMs <= instantMs && instantMs < one.endMs);
        if (inner) put(zone.zoneId, inner.assetId, inner.startMs);
      }
      return expected;
    },
  };
}
