import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { makeMac } from "../platform/mac.ts";
import { isBrowserToken, makeBrowserToken } from "./browser-tokens.ts";
import { makeToken } from "./token-hash.ts";

const makeKey = () => makeMac(randomBytes(32).toString("base64url"));

test("a browser's token is known to the server that made it, whole and alone", () => {
  const mac = makeKey();
  const token = makeBrowserToken(mac);
  expect(isBrowserToken(mac, token)).toBe(true);
  expect(isBrowserToken(makeKey(), token)).toBe(false);
  const [secret, signature] = token.split(".");
  const forged = [
    "",
    ".",
    `${secret}`,
    `${secret}.`,
    `${makeToken()}.${signature}`,
    `${token}.x`,
    `x${token}`,
  ];
  for (const one of forged) expect(isBrowserToken(mac, one), one).toBe(false);
});
