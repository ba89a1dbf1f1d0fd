import { localDateAt, playheadAt } from "@vitrine/core/schedule";
import { describe, expect, it } from "vitest";
import { toStage } from "../../../../kiosk/src/shared/messages.ts";
import { busyDay } from "../../../tests/fake/preview.ts";
import { busyCafe } from "../../../tests/fake/world.ts";
import { instantOf } from "./moment.ts";
import { dayAt, filmsAt, nextTellMs, planFor, shownAt } from "./preview-plan.ts";
import type { StageSlot, ToStage } from "./stage-messages.ts";

const busy = busyDay(busyCafe().playlists, "Window");
const world = {
  ...busy,
  mediaUrls: Object.fromEntries(busy.manifest.assets.map(({ id }) => [id, `http://127.0.0.1:1/${id}`])),
};
const at = (time: string) => instantOf("Europe/Berlin", `2026-03-03T${time}`);
const day = dayAt(world, at("12:00"));

function planAt(time: string, isHeld = false) {
  const plan = planFor(world, day, { atMs: at(time), wallMs: 0, isHeld, run: 1 });
  expect(toStage.parse(plan)).toEqual(plan);
  return plan;
}

function zonesOf(plan: ToStage, act = 0) {
  if (plan.kind !== "plan") return [];
  return (plan.acts?.[act]?.zones ?? plan.zones ?? []).map(({ zoneId, slots }) => ({
    zone: zoneId.slice(-2),
    kinds: slots.map(({ item }) => item.kind),
    slots,
  }));
}

describe("a layout on the stage", () => {
  it("is one act with its zones in their places, each with what covers now and what follows", () => {
    const plan = planAt("11:30:00");
    if (plan.kind !== "plan") throw new Error("Expected a plan");
    expect(plan.acts).toHaveLength(2);
    expect(plan.acts?.[0]?.mainZoneId).toBe(busy.manifest.layouts[0]?.mainZoneId);
    expect(plan.acts?.[0]?.zones.map(({ box }) => box)).toMatchObject([
      { left: 0, width: 0.7 },
      { left: 0.7, height: 0.6 },
      { left: 0.7, top: 0.6 },
    ]);
    for (const { slots, zone } of zonesOf(plan).slice(0, 2)) {
      const [first] = slots;
      expect(covers(first, at("11:30:00")), zone).toBe(true);
      expect(slots.length).toBeGreaterThanOrEqual(3);
    }
    expect(zonesOf(plan)[2]?.kinds).toEqual(["none"]);
  });

  it("is told before it comes, and gives way to the whole screen when it goes", () => {
    const before = planAt("10:59:50");
    if (before.kind !== "plan") throw new Error("Expected a plan");
    expect(before.acts?.map(({ actId }) => actId === "main")).toEqual([true, false, true]);
    expect(before.acts?.[1]?.startsAtMs).toBe(at("11:00:00"));
    const after = planAt("13:59:50");
    if (after.kind !== "plan") throw new Error("Expected a plan");
    expect(after.acts?.map(({ actId }) => actId === "main")).toEqual([false, true]);
    expect(after.acts?.[1]?.startsAtMs).toBe(at("14:00:00"));
  });

  it("held still, keeps what every zone shows for as long as it is held", () => {
    for (const { slots } of zonesOf(planAt("11:30:00", true))) {
      expect(slots).toHaveLength(1);
      expect(slots[0]?.endsAtMs).toBeGreaterThan(at("23:00:00"));
    }
  });

  it("says by name what is on the screen and in its zones, and which films that are", () => {
    expect(shownAt(world, day, at("11:30:00"))?.name).toBe("Lunch board");
    expect(shownAt(world, day, at("11:30:00"))?.parts).toHaveLength(2);
    expect(shownAt(world, day, at("03:00:00"))).toBeUndefined();
    const films = {
      ...world,
      manifest: {
        ...world.manifest,
        assets: world.manifest.assets.map((one) => ({ ...one, kind: "video" as const })),
      },
    };
    const [first, second, ...more] = filmsAt(films, dayAt(films, at("11:30:00")), at("11:30:03"));
    expect(first).toMatchObject({ box: { left: 0, width: 0.7 } });
    expect(second).toMatchObject({ box: { left: 0.7, height: 0.6 } });
    expect(more).toEqual([]);
  });
});

describe("nextTellMs", () => {
  it("is the next change of anything on the stage, and the end of an idle stretch", () => {
    const head = playheadAt(day, at("11:30:00"));
    const ends = [head?.slot.endMs ?? 0, ...(head?.zones.map(({ slot }) => slot.endMs) ?? [])];
    expect(nextTellMs(day, at("11:30:00"))).toBe(Math.min(...ends));
    expect(nextTellMs(day, at("03:00:00"))).toBe(at("06:30:00"));
    expect(nextTellMs(day, at("23:00:00"))).toBe(day.endMs);
    expect(localDateAt("Europe/Berlin", day.endMs)).toBe("2026-03-04");
  });
});

function covers(slot: StageSlot | undefined, atMs: number): boolean {
  return slot !== undefined && slot.startsAtMs <= atMs && atMs < slot.endsAtMs;
}
