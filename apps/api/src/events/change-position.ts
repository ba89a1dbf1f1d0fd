import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import * as z from "zod";
import type { Mac } from "../platform/mac.ts";
import { parseSnapshot, type Snapshot, shorten } from "./snapshot.ts";

/** A change's place among those that became visible between two snapshots: by transaction, then by row. */
export type ChangePlace = { xid: bigint; id: bigint };

/**
 * How far a reader has come: everything that `after` sees, and, where `upTo` is given, what it sees beyond
 * that up to and including `place`. No committed change can slip behind a position, however late it commits.
 */
export type ChangePosition = {
  after: Snapshot;
  within?: { upTo: Snapshot; place: ChangePlace };
  /** When the reader had come here, epoch ms: what was told before it is kept for a day only. */
  reachedAtMs: number;
};

/**
 * Positions as words for clients: encrypted, since transaction numbers tell how busy the whole installation
 * is, and bound to the organization. `open` gives undefined for a word that this server did not make for it.
 */
export type PositionSeal = {
  seal(organizationId: string, position: ChangePosition): string;
  open(organizationId: string, word: string): ChangePosition | undefined;
};

const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = "aes-256-gcm";

/** Makes the seal with a key derived from the installation's MAC key. */
export function makePositionSeal(mac: Mac): PositionSeal {
  const key = Buffer.from(mac.sign("change-position-key", ""), "base64url");
  return {
    seal(organizationId, position) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(organizationId));
      const sealed = Buffer.concat([cipher.update(write(position)), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
    },
    open(organizationId, word) {
      const bytes = Buffer.from(word, "base64url");
      if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES));
      decipher.setAAD(Buffer.from(organizationId));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const opened = Buffer.concat([
          decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)),
          decipher.final(),
        ]);
        return read(opened.toString());
      } catch {
        return undefined;
      }
    },
  };
}

const number = z.string().regex(/^\d{1,19}$/);
const written = z.union([
  z.tuple([z.int(), z.string()]),
  z.tuple([z.int(), z.string(), z.string(), number, number]),
]);

function write({ after, within, reachedAtMs }: ChangePosition): string {
  const start = [reachedAtMs, shorten(after).text];
  if (!within) return JSON.stringify(start);
  return JSON.stringify([...start, shorten(within.upTo).text, `${within.place.xid}`, `${within.place.id}`]);
}

function read(text: string): ChangePosition | undefined {
  const parsed = written.safeParse(JSON.parse(text));
  if (!parsed.success) return undefined;
  const [reachedAtMs, afterText, upToText, xid, id] = parsed.data;
  const after = parseSnapshot(afterText);
  if (!after) return undefined;
  if (upToText === undefined || xid === undefined || id === undefined) return { after, reachedAtMs };
  const upTo = parseSnapshot(upToText);
  return upTo && { after, within: { upTo, place: { xid: BigInt(xid), id: BigInt(id) } }, reachedAtMs };
}
