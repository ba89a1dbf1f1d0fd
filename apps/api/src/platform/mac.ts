import { createHmac, timingSafeEqual } from "node:crypto";

/** Keyed MAC for things the server hands out and recognizes again without storing them. */
export type Mac = {
  sign(purpose: string, text: string): string;
  verify(purpose: string, text: string, mac: string): boolean;
};

/** HMAC-SHA-256 in base64url over the purpose and the text; `key` is 32 bytes in base64url. */
export function makeMac(key: string): Mac {
  const bytes = Buffer.from(key, "base64url");
  const sign = (purpose: string, text: string) =>
    createHmac("sha256", bytes).update(`${purpose}\0${text}`).digest("base64url");
  return {
    sign,
    verify(purpose, text, mac) {
      const expected = Buffer.from(sign(purpose, text));
      const given = Buffer.from(mac);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}
