import { describe, expect, it } from "vitest";
import { placeFor } from "./tips.tsx";

const view = { clientWidth: 400, clientHeight: 300 };
const tip = { width: 100, height: 20 };

describe("placeFor", () => {
  it("stands under the middle of its anchor", () => {
    expect(placeFor({ left: 150, top: 100, bottom: 132, width: 32 }, tip, view)).toEqual({
      left: 116,
      top: 138,
    });
  });
  it("stays inside at both sides", () => {
    expect(placeFor({ left: 0, top: 0, bottom: 32, width: 32 }, tip, view).left).toBe(8);
    expect(placeFor({ left: 380, top: 0, bottom: 32, width: 20 }, tip, view).left).toBe(292);
  });
  it("goes above where there is no room below", () => {
    expect(placeFor({ left: 150, top: 260, bottom: 292, width: 32 }, tip, view).top).toBe(234);
  });
});
