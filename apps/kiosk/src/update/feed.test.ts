import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { chooseRelease, compareVersions, type Release, readFeed, type Standing } from "./feed.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const KEY = publicKey.export({ format: "der", type: "spki" }).toString("base64");
const OTHER_KEY = generateKeyPairSync("ed25519")
  .publicKey.export({ format: "der", type: "spki" })
  .toString("base64");

const release: Release = {
  channel: "stable",
  serial: 5,
  version: "1.2.0",
  leastVersion: null,
  isWayBack: false,
  files: [{ arch: "x64", url: "kiosk.tar.gz", sizeBytes: 10, sha256: "ab".repeat(32) }],
};
const standing: Standing = { channel: "stable", version: "1.1.9", arch: "x64", lastSerial: 5, givenUp: [] };

function feedOf(content: unknown, key = privateKey): string {
  const payload = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
  return JSON.stringify({
    payload: payload.toString("base64"),
    signature: sign(null, payload, key).toString("base64"),
  });
}

describe("a feed", () => {
  it("is read when it is signed by the key of the player", () => {
    expect(readFeed(feedOf(release), KEY)).toEqual(release);
  });

  it("is refused when anything about it is not as signed", () => {
    const feed = JSON.parse(feedOf(release));
    const other = JSON.parse(feedOf({ ...release, version: "9.9.9" }));
    expect(() => readFeed(feedOf(release), OTHER_KEY)).toThrow("not signed");
    expect(() => readFeed(JSON.stringify({ ...feed, payload: other.payload }), KEY)).toThrow("not signed");
    expect(() => readFeed(JSON.stringify({ ...feed, signature: "" }), KEY)).toThrow("not signed");
    expect(() => readFeed(JSON.stringify({ payload: feed.payload }), KEY)).toThrow("cannot be read");
    expect(() => readFeed("<html>", KEY)).toThrow("cannot be read");
    expect(() => readFeed(feedOf(release), "bm8ga2V5")).toThrow("not an Ed25519 public key");
    expect(() => readFeed(feedOf({ ...release, version: "1.2" }), KEY)).toThrow("signed feed cannot be read");
    expect(() => readFeed(feedOf({ ...release, version: "../../etc" }), KEY)).toThrow(
      "signed feed cannot be read",
    );
  });
});

it.each([
  ["1.0.0", "1.0.0", 0],
  ["1.2.3", "1.2.10", -1],
  ["2.0.0", "1.99.99", 1],
  ["0.10.0", "0.9.9", 1],
])("compares %s with %s", (one, other, order) => {
  expect(Math.sign(compareVersions(one, other))).toBe(order);
});

describe("a release", () => {
  const choose = (offered: Partial<Release>, here: Partial<Standing> = {}) =>
    chooseRelease({ ...release, ...offered }, { ...standing, ...here });
  const nothing = (problem: string | null) => ({ kind: "nothing", problem });

  it("is taken when it is newer and for this machine", () => {
    expect(choose({})).toEqual({ kind: "take", file: release.files[0] });
  });
  it("never leads back, but where its signer says so", () => {
    expect(choose({}, { version: "1.2.0" })).toEqual(nothing(null));
    expect(choose({}, { version: "1.3.0" })).toEqual(nothing(null));
    expect(choose({ isWayBack: true }, { version: "1.3.0" })).toMatchObject({ kind: "take" });
  });
  it("of an old feed, of another channel, or that needs another one first, is not taken", () => {
    expect(choose({ serial: 4 })).toEqual(nothing("The feed is older than one that was seen before"));
    expect(choose({ channel: "beta" })).toEqual(nothing("The feed is of the channel beta"));
    expect(choose({ leastVersion: "1.2.0" })).toEqual(nothing("1.2.0 needs 1.2.0 first"));
    expect(choose({}, { arch: "arm64" })).toEqual(nothing("1.2.0 is not made for arm64"));
  });
  it("that was not healthy here is not tried again", () => {
    expect(choose({}, { givenUp: ["1.2.0"] })).toEqual(nothing(null));
    expect(choose({ version: "1.2.1" }, { givenUp: ["1.2.0"] })).toMatchObject({ kind: "take" });
  });
});
