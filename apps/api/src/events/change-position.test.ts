import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { makeMac } from "../platform/mac.ts";
import { type ChangePosition, makePositionSeal } from "./change-position.ts";
import { parseSnapshot } from "./snapshot.ts";

const seal = makePositionSeal(makeMac(randomBytes(32).toString("base64url")));
const mine = "0198a000-0000-7000-8000-000000000001";
const theirs = "0198a000-0000-7000-8000-000000000002";

function position(): ChangePosition {
  const after = parseSnapshot("100:105:100,103");
  const upTo = parseSnapshot("103:140:103,120");
  if (!after || !upTo) throw new Error("Not snapshots");
  return { after, within: { upTo, place: { xid: 110n, id: 77n } }, reachedAtMs: 1_800_000_000_000 };
}

test("a sealed position opens as it was, for its organization only", () => {
  const word = seal.seal(mine, position());
  expect(seal.open(mine, word)).toEqual(position());
  expect(seal.open(theirs, word)).toBeUndefined();
  const { within: _, ...plain } = position();
  expect(seal.open(mine, seal.seal(mine, plain))).toEqual(plain);
});

test("a word tells nothing and takes no change", () => {
  const word = seal.seal(mine, position());
  expect(Buffer.from(word, "base64url").toString("latin1")).not.toContain("140");
  expect(seal.seal(mine, position())).not.toBe(word);
  const bytes = Buffer.from(word, "base64url");
  for (const [index, byte] of bytes.entries()) {
    const changed = Buffer.from(bytes);
    changed[index] = byte ^ 1;
    expect(seal.open(mine, changed.toString("base64url"))).toBeUndefined();
  }
  for (const junk of ["", "x", "0", word.slice(0, 20), `${word}AAAA`, "\0"])
    expect(seal.open(mine, junk)).toBeUndefined();
});

test("another installation's word is not understood", () => {
  const other = makePositionSeal(makeMac(randomBytes(32).toString("base64url")));
  expect(other.open(mine, seal.seal(mine, position()))).toBeUndefined();
});
