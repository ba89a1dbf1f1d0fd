import { createHash } from "node:crypto";
import type { WrappedDataKey } from "@vitrine/db/auth";
import type { Secrets } from "../secrets.ts";
import { StartupError } from "../startup-error.ts";
import { SealBrokenError, seal, unseal } from "./seal.ts";

/** Keys that data keys are kept under. They are in the data folder or the environment, never in the database. */
export type KeyRing = {
  /** The id of the key that wraps from now on. */
  readonly wrapsBy: string;
  wrap(organizationId: string | null, number: number, dataKey: Buffer): WrappedDataKey;
  /** Throws `SealBrokenError` when the key it is under is not in the ring, or when it is another's. */
  unwrap(organizationId: string | null, wrapped: WrappedDataKey): Buffer;
};

/** A ring of 32-byte keys in base64url: the first wraps, all unwrap. */
export function makeKeyRing(keys: readonly [string, ...string[]]): KeyRing {
  const first = keyOf(keys[0]);
  const byId = new Map([first, ...keys.slice(1).map(keyOf)].map((one) => [one.id, one]));
  return {
    wrapsBy: first.id,
    wrap: (organizationId, number, dataKey) => ({
      number,
      wrapped: seal(first.bytes, boundOf(organizationId, number), dataKey),
      wrappedBy: first.id,
    }),
    unwrap(organizationId, { number, wrapped, wrappedBy }) {
      const key = byId.get(wrappedBy);
      if (!key) throw new SealBrokenError(`key-encryption key ${wrappedBy} is not here`);
      return unseal(key.bytes, boundOf(organizationId, number), wrapped);
    },
  };
}

/** The ring of the environment's keys, then those of the data folder. Throws StartupError when there is none. */
export function requireKeyRing(ofEnvironment: readonly string[], secrets: Secrets): KeyRing {
  const [first, ...rest] = [...ofEnvironment, ...secrets.keyEncryptionKeys];
  if (first === undefined)
    throw new StartupError(
      "Secrets of this installation are under a key that is not in the data folder: set VITRINE_KEY_ENCRYPTION_KEYS to it.",
    );
  return makeKeyRing([first, ...rest]);
}

/** What a key-encryption key is named by: it tells nothing of the key. */
function keyOf(key: string): { id: string; bytes: Buffer } {
  const bytes = Buffer.from(key, "base64url");
  return { id: createHash("sha256").update(bytes).digest("hex").slice(0, 16), bytes };
}

function boundOf(organizationId: string | null, number: number): string[] {
  return ["data key", organizationId ?? "platform", String(number)];
}
