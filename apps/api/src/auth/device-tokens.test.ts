import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { makeMac } from "../platform/mac.ts";
import { DEVICE_TOKEN_MS, makeDeviceTokens } from "./device-tokens.ts";

const mac = makeMac(randomBytes(32).toString("base64url"));
const binding = {
  organizationId: randomUUID(),
  deviceId: randomUUID(),
  publicKey: randomBytes(32).toString("base64url"),
  session: randomBytes(16).toString("hex"),
};

function atMs(nowMs: number) {
  return makeDeviceTokens({ mac, clock: { now: () => new Date(nowMs), nowMs: () => nowMs } });
}

test("a token stands for its key of its screen for 15 minutes", () => {
  const { token, expiresAt } = atMs(1_000).issue(binding);
  expect(expiresAt.getTime()).toBe(1_000 + DEVICE_TOKEN_MS);
  expect(atMs(1_000 + DEVICE_TOKEN_MS - 1).read(token)).toEqual(binding);
  expect(() => atMs(1_000 + DEVICE_TOKEN_MS).read(token)).toThrow("DEVICE_SESSION_EXPIRED");
});

test("a token with anything changed is refused", () => {
  const tokens = atMs(1_000);
  const { token } = tokens.issue(binding);
  const parts = token.split(".");
  const forgeries = [
    "",
    ".",
    "v2",
    token.slice(0, -1),
    `${token}x`,
    parts.with(1, randomUUID()).join("."),
    parts.with(2, randomUUID()).join("."),
    parts.with(3, randomBytes(32).toString("base64url")).join("."),
    parts.with(4, randomBytes(16).toString("hex")).join("."),
    parts.with(5, String(2 * DEVICE_TOKEN_MS)).join("."),
    parts.with(0, "v1").join("."),
    parts.with(6, "").join("."),
    [...parts.slice(0, 5), parts[6]].join("."),
  ];
  for (const forged of forgeries) expect(() => tokens.read(forged), forged).toThrow("DEVICE_SESSION_EXPIRED");
  for (let place = 0; place < token.length; place++) {
    const other = token[place] === "a" ? "b" : "a";
    const flipped = token.slice(0, place) + other + token.slice(place + 1);
    // The last letter of the MAC carries bits that do not count; the text of a MAC is compared as it is.
    expect(() => tokens.read(flipped)).toThrow("DEVICE_SESSION_EXPIRED");
  }
});

test("a MAC made for another purpose does not make a token", () => {
  const { organizationId, deviceId, publicKey, session } = binding;
  const body = ["v2", organizationId, deviceId, publicKey, session, "99999999999999"].join(".");
  expect(() => atMs(0).read(`${body}.${mac.sign("content-url", body)}`)).toThrow("DEVICE_SESSION_EXPIRED");
  expect(atMs(0).read(`${body}.${mac.sign("device-token", body)}`)).toEqual(binding);
});
