import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import { appError } from "@vitrine/core/model/errors";
import { expandGrants } from "@vitrine/core/model/permissions";
import type { FoundApiKey } from "@vitrine/db/auth";
import { isWithin } from "../platform/networks.ts";
import type { Services } from "../services.ts";
import type { Principal } from "./principal.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH = 32;
const CHECK_LENGTH = 6;
const FORM = new RegExp(`^vtr_[0-9A-Za-z]{${RANDOM_LENGTH + CHECK_LENGTH}}$`);

/** A new secret: `vtr_`, 190 random bits and a CRC-32 in base 62, so that scanners can tell one without asking. */
export function makeApiKeySecret(): string {
  let random = "";
  for (let count = 0; count < RANDOM_LENGTH; count += 1)
    random += ALPHABET.charAt(randomInt(ALPHABET.length));
  return `vtr_${random}${checksum(random)}`;
}

/** The part that people recognise a key by. */
export function apiKeyPrefix(secret: string): string {
  return secret.slice(0, 10);
}

/** SHA-256 of the secret: all that is kept of it. */
export function hashApiKey(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** The API key of an `Authorization` header. Errors: API_KEY_INVALID for a malformed, unknown or ended one. */
export async function findApiKey(
  { authDatabase }: Pick<Services, "authDatabase">,
  authorization: string,
): Promise<FoundApiKey> {
  const secret = authorization.match(/^Bearer (\S+)$/i)?.[1];
  const key =
    secret !== undefined && isWellFormed(secret)
      ? await authDatabase.findApiKey(hashApiKey(secret))
      : undefined;
  if (!key) throw appError("API_KEY_INVALID");
  return key;
}

/** Notes that a key is used from an address. Errors: API_KEY_NETWORK for one that is not for use from there. */
export function useApiKey(
  { apiKeyUses }: Pick<Services, "apiKeyUses">,
  key: FoundApiKey,
  remoteAddress: string,
): void {
  if (key.networks.length > 0 && !isWithin(remoteAddress, key.networks))
    throw appError("API_KEY_NETWORK", { address: remoteAddress });
  apiKeyUses.note(key, remoteAddress);
}

/** Who a key makes the caller: a program that acts in the key's own organization. */
export function toProgram(key: FoundApiKey): Principal {
  return {
    actor: { kind: "apiKey", id: key.id, name: key.name },
    organization: {
      id: key.organizationId,
      permissions: new Set(expandGrants(key.grants)),
      businessIds: null,
      isSecondFactorMissing: false,
      mustSignInAgain: false,
    },
    isUnavailable: false,
  };
}

function isWellFormed(secret: string): boolean {
  if (!FORM.test(secret)) return false;
  return checksum(secret.slice(4, 4 + RANDOM_LENGTH)) === secret.slice(-CHECK_LENGTH);
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let count = 0; count < CHECK_LENGTH; count += 1) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
