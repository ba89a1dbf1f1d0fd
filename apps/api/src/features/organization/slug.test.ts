import { slug } from "@vitrine/core/model/organization";
import { expect, test } from "vitest";
import { slugCandidates } from "./slug.ts";

const random = () => "k3x9";

test("a slug is made from the name, in ASCII, without leading or trailing hyphens", () => {
  expect(slugCandidates("Bäckerei Müller & Söhne", random)[0]).toBe("backerei-muller-sohne");
  expect(slugCandidates("  --Café--  ", random)[0]).toBe("cafe");
});

test("a name without usable letters still gets a slug", () => {
  expect(slugCandidates("東京", random)[0]).toBe("organization");
});

test("every candidate is a valid slug, also of the longest name", () => {
  for (const name of ["x", "A".repeat(200), "a -".repeat(60), "Ünïcödé"]) {
    for (const candidate of slugCandidates(name, random))
      expect(slug.safeParse(candidate).success).toBe(true);
  }
});
