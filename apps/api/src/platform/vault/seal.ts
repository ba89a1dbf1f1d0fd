import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** A sealed text cannot be opened: changed, moved to another place, or under a key that is not there. */
export class SealBrokenError extends Error {
  constructor(what: string) {
    super(`A sealed secret cannot be opened: ${what}.`);
    this.name = "SealBrokenError";
  }
}

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** AES-256-GCM under a fresh random nonce: nonce, ciphertext and tag in a row. `bound` has to be the same to open it. */
export function seal(key: Buffer, bound: readonly string[], text: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additional(bound));
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** What `seal` was given. Throws `SealBrokenError` for anything else than that very ciphertext, key and `bound`. */
export function unseal(key: Buffer, bound: readonly string[], sealed: Buffer): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new SealBrokenError("it is too short");
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(additional(bound));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const text = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]);
  } catch {
    throw new SealBrokenError("it was changed or belongs elsewhere");
  }
}

/** JSON, so that no two lists of parts are the same text. */
function additional(bound: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(bound));
}
