import { createPublicKey, verify } from "node:crypto";

/** The text that a screen signs to prove that it started a pairing. */
export function pairingText(deviceCode: string): string {
  return `vitrine-pair:${deviceCode}`;
}

/** The text that a screen signs to open a session. */
export function sessionText(claim: { deviceId: string; issuedAt: string; nonce: string }): string {
  return `vitrine-session:${claim.deviceId}:${claim.issuedAt}:${claim.nonce}`;
}

/**
 * Whether `signature` (base64url) is the Ed25519 signature of the text's UTF-8 bytes by the key (32 raw bytes in
 * base64url). False for anything malformed.
 */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}
