import { createHash, randomBytes, randomInt } from "node:crypto";
import { RECOVERY_CODES } from "@vitrine/core/model/second-factor";
import { Secret, TOTP } from "otpauth";

const SEED_BYTES = 20;
const PERIOD_SECONDS = 30;
/** Steps before and after the present one whose codes are taken too, for clocks that are a little off. */
const WINDOW = 1;

/** 160 random bits, what RFC 4226 recommends. */
export function makeSeed(): Buffer {
  return randomBytes(SEED_BYTES);
}

/** What an app is told to make this person's codes: the key to be typed, in base 32, and the address in the QR code. */
export function describeSeed(seed: Buffer, email: string): { key: string; uri: string } {
  const totp = totpOf(seed, email);
  return { key: totp.secret.base32, uri: totp.toString() };
}

/** The step of time, 30 s each since 1970, that a code of six digits is for; undefined when it is for none of about now. */
export function findStep(seed: Buffer, code: string, nowMs: number): number | undefined {
  const delta = totpOf(seed, "").validate({ token: code, timestamp: nowMs, window: WINDOW });
  return delta === null ? undefined : Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta;
}

/** RFC 6238 with what every app knows: SHA-1, six digits, 30 s. */
function totpOf(seed: Buffer, label: string): TOTP {
  const secret = new Secret({ buffer: new Uint8Array(seed).buffer });
  return new TOTP({ issuer: "Vitrine", label, secret, algorithm: "SHA1", digits: 6, period: PERIOD_SECONDS });
}

/** Without the letters that look like digits. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS = 6;
const GROUP_LENGTH = 4;

/** New recovery codes of 120 random bits each, in groups of four. */
export function makeRecoveryCodes(): string[] {
  const letter = () => ALPHABET.charAt(randomInt(ALPHABET.length));
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join("");
  const code = () => Array.from({ length: GROUPS }, group).join("-");
  return Array.from({ length: RECOVERY_CODES }, code);
}

/** SHA-256 of a recovery code in hexadecimal, however it is written: all that is kept of it. */
export function hashRecoveryCode(code: string): string {
  const written = bare(code).toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return createHash("sha256").update(written).digest("hex");
}

/** The digits of what looks like a code of an app; undefined for everything else. */
export function appCodeOf(code: string): string | undefined {
  const digits = bare(code);
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

function bare(code: string): string {
  return code.replaceAll(/[\s-]/g, "");
}
