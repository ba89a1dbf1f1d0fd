import { describe, expect, it } from "vitest";
import { ownPath } from "../../lib/search-params.ts";
import { filterOf, isNarrowed, readContentSearch } from "./content-search.ts";

describe("readContentSearch", () => {
  it("reads everything the page can say", () => {
    const search = {
      q: "summer",
      kind: "video",
      state: "ready",
      tag: "Sale",
      sort: "largest",
      view: "list",
      removed: true,
      asset: "0195a3c2-7b1e-7c3d-9a4b-1f2e3d4c5b6a",
    };
    expect(readContentSearch(search)).toEqual({ ...search, tag: "sale" });
  });

  it("leaves out what it does not understand and what is the usual", () => {
    expect(
      readContentSearch({
        q: "  ",
        kind: "audio",
        state: "lost",
        sort: "newest",
        view: "map",
        removed: "yes",
        asset: "1",
      }),
    ).toEqual({});
  });

  it("keeps a search for digits as text", () => {
    expect(readContentSearch({ q: 2026 })).toEqual({ q: "2026" });
  });
});

describe("filterOf and isNarrowed", () => {
  it("says the usual where the address is silent", () => {
    expect(filterOf({})).toMatchObject({ removed: false, sort: "newest" });
    expect(isNarrowed({})).toBe(false);
    expect(isNarrowed({ sort: "name", view: "list", removed: true })).toBe(false);
    expect(isNarrowed({ tag: "sale" })).toBe(true);
  });
});

describe("ownPath", () => {
  it.each([
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n\\evil.example",
    "\\\\evil.example",
    "data:text/html,x",
    "%2f/evil",
    "javascript:alert(1)",
    "",
  ])("refuses to leave this site for %j", (path) => expect(ownPath(path)).toBeUndefined());
  it("goes on to a path of ours", () => {
    expect(ownPath("/screens?pair=BCDF")).toBe("/screens?pair=BCDF");
  });
});
