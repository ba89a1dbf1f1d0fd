import { createHash, randomBytes, randomInt } from "node:crypto";
import { PAIRING_ALPHABET, PAIRING_CODE_LENGTH } from "@vitrine/core/model/device";
import type { Mac } from "../platform/mac.ts";

/** A code for the glass: 12 of 20 consonants, each as likely as any other. */
export function makeUserCode(): string {
  return Array.from(
    { length: PAIRING_CODE_LENGTH },
    () => PAIRING_ALPHABET[randomInt(PAIRING_ALPHABET.length)],
  ).join("");
}

/** A code that stays on the device: 256 bits in base64url. */
export function makeDeviceCode(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a code for the glass. Keyed, since a mere hash of 52 bits could be tried out by whoever holds a copy of the table. */
export function userCodeHash(mac: Mac, userCode: string): string {
  return Buffer.from(mac.sign("pairing-user-code", userCode), "base64url").toString("hex");
}

/** What is stored of a device's code. */
export function deviceCodeHash(deviceCode: string): string {
  return createHash("sha256").update(deviceCode).digest("hex");
}
