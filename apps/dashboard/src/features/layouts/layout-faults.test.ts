import { describe, expect, it } from "vitest";
import { type Draft, withAdded, withoutZone, withStep, withZone } from "./layout-draft.ts";
import { faultOf, placeFaults, stillStanding } from "./layout-faults.ts";

const BOX = { left: 0, top: 0, width: 0.5, height: 0.5 };
const empty: Draft = { aspect: "16:9", zones: [], mainZoneId: "a", durationMs: null };
const draft = ["a", "b", "c"].reduce((made, id) => withAdded(made, id, id, BOX), empty);

describe("faults", () => {
  const faults = placeFaults(
    [
      { path: "zones.1.name", message: "Another zone has this name" },
      { path: "zones.2", message: "Not a zone" },
      { path: "durationMs", message: "At most 24 hours" },
    ],
    draft,
  );

  it("land on the zone and field that their path names, or on the whole", () => {
    expect(faultOf(faults, "b", "name")).toBe("Another zone has this name");
    expect(faultOf(faults, "c", "name")).toBe("Not a zone");
    expect(faultOf(faults, null, "durationMs")).toBe("At most 24 hours");
    expect(faultOf(faults, "a", "name")).toBeUndefined();
  });

  it("stay with a zone until that zone is changed or gone", () => {
    const left = (after: Draft) => stillStanding(faults, draft, after).map(({ zoneId }) => zoneId);
    expect(left(withZone(draft, "a", { name: "other" }))).toEqual(["b", "c"]);
    expect(left(withZone(draft, "b", { name: "other" }))).toEqual(["c"]);
    expect(left(withoutZone(draft, "c"))).not.toContain("c");
    expect(left(draft)).toEqual(["b", "c"]);
  });

  it("follow a zone that has changed its place", () => {
    const turned = withStep(draft, "a", 1);
    expect(placeFaults([{ path: "zones.0.name", message: "No" }], turned)[0]?.zoneId).toBe("b");
  });
});
