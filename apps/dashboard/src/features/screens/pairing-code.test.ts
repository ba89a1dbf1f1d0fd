import { pairingCode } from "@vitrine/core/model/device";
import { describe, expect, it } from "vitest";
import { codeLetters, groupedCode, isWholeCode } from "./pairing-code.ts";

describe("codeLetters", () => {
  it.each([
    ["bcdf ghjk", "BCDFGHJK"],
    ["BCDF-GHJK", "BCDFGHJK"],
    ["https://signs.example/pair?code=BCDF-GHJK", "BCDFGHJK"],
    ["http://localhost:3000/pair?x=1&code=bcdf%20ghjk#top", "BCDFGHJK"],
    ["BCDFGHJKLM", "BCDFGHJK"],
    ["aeiou", ""],
    ["b c d", "BCD"],
  ])("finds in %j the letters %j", (typed, letters) => {
    expect(codeLetters(typed)).toBe(letters);
  });

  it("gives what the core takes, also grouped", () => {
    const grouped = groupedCode(codeLetters("bcdfghjk"));
    expect(grouped).toBe("BCDF GHJK");
    expect(pairingCode.parse(grouped)).toBe("BCDFGHJK");
    expect(isWholeCode(codeLetters(grouped))).toBe(true);
    expect(isWholeCode(codeLetters("BCDF"))).toBe(false);
  });
});
