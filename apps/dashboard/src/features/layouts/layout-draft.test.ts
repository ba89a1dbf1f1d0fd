import { updateLayoutInput } from "@vitrine/core/model/layout";
import { describe, expect, it } from "vitest";
import { changed, redone, startHistory, undone } from "./edit-history.ts";
import { type Draft, freeName, withAdded, withCopy, withoutZone, withStep } from "./layout-draft.ts";
import { PRESETS, zonesOf } from "./presets.ts";

const BOX = { left: 0.1, top: 0.1, width: 0.4, height: 0.4 };
const start: Draft = { aspect: "16:9", zones: [], mainZoneId: "a", durationMs: null };
const three = ["a", "b", "c"].reduce((draft, id) => withAdded(draft, id, "Zone", BOX), start);
const order = (draft: Draft) => draft.zones.map(({ id, z }) => `${id}${z}`).join(" ");

describe("a draft", () => {
  it("names each new zone differently and lays it over the others", () => {
    expect(three.zones.map(({ name }) => name)).toEqual(["Zone", "Zone 2", "Zone 3"]);
    expect(order(three)).toBe("a0 b1 c2");
    expect(freeName(three, "Zone 2")).toBe("Zone 4");
  });

  it("moves a zone forward and back, and no further than there is to go", () => {
    expect(order(withStep(three, "a", 1))).toBe("b0 a1 c2");
    expect(order(withStep(three, "c", -1))).toBe("a0 c1 b2");
    expect(withStep(three, "c", 1)).toBe(three);
    expect(withStep(three, "a", -1)).toBe(three);
  });

  it("gives the main part to another zone when the main one goes, and keeps the last zone", () => {
    expect(withoutZone(three, "a").mainZoneId).toBe("b");
    expect(withoutZone(three, "b").mainZoneId).toBe("a");
    const alone = withoutZone(withoutZone(three, "a"), "b");
    expect(withoutZone(alone, "c")).toBe(alone);
  });

  it("copies a zone aside of itself", () => {
    const copy = withCopy(three, "b", "d").zones.at(-1);
    expect(copy).toMatchObject({ id: "d", name: "Zone 4", left: 0.13, top: 0.13, width: 0.4, z: 3 });
  });
});

describe("history", () => {
  it("goes back and forth, and takes changes under one mark as one step", () => {
    const dragged = changed(changed(changed(startHistory(1), 2, "drag"), 3, "drag"), 4);
    expect(dragged.past).toEqual([1, 3]);
    expect(undone(undone(dragged)).now).toBe(1);
    expect(redone(undone(undone(dragged))).now).toBe(3);
    expect(undone(startHistory(1)).now).toBe(1);
  });

  it("forgets what was undone once something else is done", () => {
    const other = changed(undone(changed(startHistory(1), 2)), 5);
    expect(redone(other).now).toBe(5);
    expect(undone(other).now).toBe(1);
  });
});

it.each(PRESETS)("the preset $key is a layout that the server takes", (preset) => {
  const zones = zonesOf(
    preset,
    (name) => name,
    () => crypto.randomUUID(),
  );
  const input = { id: crypto.randomUUID(), zones, mainZoneId: zones[0]?.id };
  expect(updateLayoutInput.safeParse(input).error?.issues).toBeUndefined();
});
