import { expect, test } from "vitest";
import { makeDeviceNonces, SIGNATURE_TOLERANCE_MS } from "./device-nonces.ts";

test("a nonce is good once for each screen", () => {
  const nonces = makeDeviceNonces({ now: () => new Date(0), nowMs: () => 0 });
  expect(nonces.use("one", "n", 0)).toBe(true);
  expect(nonces.use("one", "n", 0)).toBe(false);
  expect(nonces.use("other", "n", 0)).toBe(true);
});

test("a full memory forgets only what is too old to be signed for", () => {
  let nowMs = 0;
  const nonces = makeDeviceNonces({ now: () => new Date(nowMs), nowMs: () => nowMs }, 2);
  nonces.use("one", "early", 0);
  nonces.use("one", "late", SIGNATURE_TOLERANCE_MS);
  expect(() => nonces.use("one", "third", 0)).toThrow("BUSY");
  nowMs = SIGNATURE_TOLERANCE_MS + 1;
  expect(nonces.use("one", "third", nowMs)).toBe(true);
  expect(nonces.use("one", "late", SIGNATURE_TOLERANCE_MS)).toBe(false);
});
