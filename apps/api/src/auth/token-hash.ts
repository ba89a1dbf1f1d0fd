import { createHash, randomBytes } from "node:crypto";

/** A new secret for a cookie: 256 random bits in base64url. */
export function makeToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 of a cookie's secret in hexadecimal: all that the database knows of it. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
