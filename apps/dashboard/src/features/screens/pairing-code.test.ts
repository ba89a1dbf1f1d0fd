import { pairingCode } from "@vitrine/core/model/device";
import { describe, expect, it } from "vitest";
import { codeLetters, groupedCode, isWholeCode } from "./pairing-code.ts";

describe("codeLetters", () => {
  it.each([
    ["bcdf ghjk lmnp", "BCDFGHJKLMNP"],
    ["BCDF-GHJK-LMNP", "BCDFGHJKLMNP"],
    ["https://signs.example/pair?code=BCDF-GHJK-LMNP", "BCDFGHJKLMNP"],
    ["http://localhost:3000/pair?x=1&code=bcdf%20ghjk%20lmnp#top", "BCDFGHJKLMNP"],
    ["BCDFGHJKLMNPQR", "BCDFGHJKLMNP"],
    ["aeiou", ""],
    ["b c d", "BCD"],
  ])("finds in %j the letters %j", (typed, letters) => {
    expect(codeLetters(typed)).toBe(letters);
  });

  it("gives what the core takes, also grouped", () => {
    const grouped = groupedCode(codeLetters("bcdfghjklmnp"));
    expect(grouped).toBe("BCDF GHJK LMNP");
    expect(pairingCode.parse(grouped)).toBe("BCDFGHJKLMNP");
    expect(isWholeCode(codeLetters(grouped))).toBe(true);
    expect(isWholeCode(codeLetters("BCDFGHJK"))).toBe(false);
    expect(["BCDF", "BCDFG", ""].map(groupedCode)).toEqual(["BCDF", "BCDF G", ""]);
  });
});
