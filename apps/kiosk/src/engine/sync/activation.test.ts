import type { ManifestFile } from "@vitrine/core/model/manifest";
import { expect, test } from "vitest";
import { fileAsset, makeFile, makeManifest, webAsset } from "../testing/test-content.ts";
import { filesOf, isTimeToActivate, isTimeToGoBack } from "./activation.ts";

const [one, two, three] = [11, 12, 13].map((sizeBytes) => fileAsset(makeFile(sizeBytes)));
if (!one || !two || !three) throw new Error("Three assets were made");
const web = webAsset("https://example.com/");
const isOneOf =
  (...assets: { file: ManifestFile | null }[]) =>
  (file: ManifestFile) =>
    assets.some((asset) => asset.file?.sha256 === file.sha256);
const manifestOf = (...assets: (typeof web)[]) => makeManifest({ assets });
const nothing = () => false;

test("M4: an edit appears as a whole: with all its files, and not before", () => {
  const active = manifestOf(one);
  const newest = manifestOf(one, two);
  expect(isTimeToActivate({ active, newest, isThere: isOneOf(one), isGivenUp: nothing })).toBe(false);
  expect(isTimeToActivate({ active, newest, isThere: isOneOf(one, two), isGivenUp: nothing })).toBe(true);
});

test("a logo is a file like any other: waited for, unless nothing is to play", () => {
  const { file: logo } = makeFile(14);
  const brand = { color: null, logo };
  const newest = { ...manifestOf(one), brand };
  const facts = { active: manifestOf(one), isGivenUp: nothing };
  expect(filesOf(newest)).toEqual([one.file, logo]);
  expect(isTimeToActivate({ ...facts, newest, isThere: isOneOf(one) })).toBe(false);
  expect(isTimeToActivate({ ...facts, newest, isThere: isOneOf(one, { file: logo }) })).toBe(true);
  expect(isTimeToActivate({ ...facts, newest: { ...manifestOf(), brand }, isThere: nothing })).toBe(true);
});

test("M6: a file that cannot be had does not hold up the rest", () => {
  const facts = { active: manifestOf(one), newest: manifestOf(one, two), isThere: isOneOf(one) };
  expect(isTimeToActivate({ ...facts, isGivenUp: isOneOf(two) })).toBe(true);
});

test("M5: a withdrawal does not wait for a download, as long as anything can be shown in its place", () => {
  const active = manifestOf(one, two);
  expect(
    isTimeToActivate({
      active,
      newest: manifestOf(one, three),
      isThere: isOneOf(one, two),
      isGivenUp: nothing,
    }),
  ).toBe(true);
  expect(
    isTimeToActivate({ active, newest: manifestOf(three), isThere: isOneOf(one, two), isGivenUp: nothing }),
  ).toBe(false);
  expect(
    isTimeToActivate({ active, newest: manifestOf(), isThere: isOneOf(one, two), isGivenUp: nothing }),
  ).toBe(true);
});

test("with nothing else to show, the first file or web page is enough", () => {
  const newest = manifestOf(one, two);
  expect(isTimeToActivate({ active: undefined, newest, isThere: nothing, isGivenUp: nothing })).toBe(false);
  expect(isTimeToActivate({ active: undefined, newest, isThere: isOneOf(two), isGivenUp: nothing })).toBe(
    true,
  );
  expect(
    isTimeToActivate({
      active: undefined,
      newest: manifestOf(one, web),
      isThere: nothing,
      isGivenUp: nothing,
    }),
  ).toBe(true);
  expect(
    isTimeToActivate({ active: manifestOf(three), newest, isThere: isOneOf(two), isGivenUp: nothing }),
  ).toBe(true);
});

test("M10: where the disk lost all that there was of what plays, the last good manifest stands in; an empty plan stays empty", () => {
  const lastGood = manifestOf(two, three);
  const facts = { active: manifestOf(one), lastGood };
  expect(isTimeToGoBack({ ...facts, isThere: isOneOf(one, two) })).toBe(false);
  expect(isTimeToGoBack({ ...facts, isThere: isOneOf(two) })).toBe(true);
  expect(isTimeToGoBack({ ...facts, isThere: nothing })).toBe(false);
  expect(isTimeToGoBack({ active: manifestOf(one, web), lastGood, isThere: isOneOf(two) })).toBe(false);
  expect(isTimeToGoBack({ active: manifestOf(), lastGood, isThere: isOneOf(two) })).toBe(false);
});
