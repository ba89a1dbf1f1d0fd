import { randomBytes } from "node:crypto";
import type { WrappedDataKey } from "@vitrine/db/auth";
import { RecentMap } from "../recent-map.ts";
import type { DataKeyStore } from "./data-key-store.ts";
import type { KeyRing } from "./key-ring.ts";
import { KEY_BYTES, SealBrokenError, seal, unseal } from "./seal.ts";

/** The one column of the one row that a sealed text belongs to: in any other place it does not open. */
export type Place = {
  /** Null for what belongs to a person. */
  organizationId: string | null;
  table: string;
  row: string;
  column: string;
};

/** Seals secrets that the server has to read again, so that a copy of the database gives none of them away. */
export type Vault = {
  /** Version, number of the data key, nonce, ciphertext and tag: 33 bytes more than the text. */
  seal(place: Place, text: Buffer): Promise<Buffer>;
  /** What was sealed for that place. Throws `SealBrokenError` when it was changed, moved, or its key is not there. */
  open(place: Place, sealed: Buffer): Promise<Buffer>;
  /** Makes a new data key, which seals from now on in every process; those before still open. Gives its number. */
  rotate(organizationId: string | null): Promise<number>;
};

const VERSION = 1;
const HEADER_BYTES = 5;
const REMEMBER_LEAST = 1_000;

/** Data keys are opened once and remembered; which one seals is asked anew each time. */
export function makeVault({ ring, store }: { ring: KeyRing; store: DataKeyStore }): Vault {
  const opened = new RecentMap<Buffer>(REMEMBER_LEAST);

  const keyOf = (organizationId: string | null, wrapped: WrappedDataKey): Buffer => {
    const id = `${organizationId} ${wrapped.number}`;
    const known = opened.get(id);
    if (known) return known;
    const key = ring.unwrap(organizationId, wrapped);
    opened.set(id, key);
    return key;
  };
  const add = async (organizationId: string | null, number: number): Promise<boolean> =>
    store.add(organizationId, ring.wrap(organizationId, number, randomBytes(KEY_BYTES)));
  const current = async (organizationId: string | null): Promise<WrappedDataKey> => {
    const found = await store.find(organizationId, null);
    if (found) return found;
    await add(organizationId, 1);
    return current(organizationId);
  };

  return {
    async seal(place, text) {
      const wrapped = await current(place.organizationId);
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt8(VERSION, 0);
      header.writeUInt32BE(wrapped.number, 1);
      return Buffer.concat([
        header,
        seal(keyOf(place.organizationId, wrapped), boundOf(header, place), text),
      ]);
    },
    async open(place, sealed) {
      const header = sealed.subarray(0, HEADER_BYTES);
      if (header.length < HEADER_BYTES) throw new SealBrokenError("it is too short");
      if (header.readUInt8(0) !== VERSION) throw new SealBrokenError("its version is unknown");
      const number = header.readUInt32BE(1);
      const known = opened.get(`${place.organizationId} ${number}`);
      const key = known ?? (await find(place.organizationId, number));
      return unseal(key, boundOf(header, place), sealed.subarray(HEADER_BYTES));
    },
    async rotate(organizationId) {
      const number = ((await store.find(organizationId, null))?.number ?? 0) + 1;
      return (await add(organizationId, number)) ? number : this.rotate(organizationId);
    },
  };

  async function find(organizationId: string | null, number: number): Promise<Buffer> {
    const wrapped = number > MAX_NUMBER ? undefined : await store.find(organizationId, number);
    if (!wrapped) throw new SealBrokenError(`data key ${number} is not here`);
    return keyOf(organizationId, wrapped);
  }
}

/** The greatest `integer` of PostgreSQL. */
const MAX_NUMBER = 2 ** 31 - 1;

function boundOf(header: Buffer, { organizationId, table, row, column }: Place): string[] {
  return [header.toString("hex"), organizationId ?? "platform", table, row, column];
}
