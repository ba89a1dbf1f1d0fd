import { publicKey } from "@vitrine/core/model/device-protocol";
import { id, instant } from "@vitrine/core/model/ids";
import * as z from "zod";
import { type FileStore, folderOf, replaceFile } from "../platform/file-store.ts";
import { parseJson } from "./identity.ts";

/** What a claimed screen knows: whose it is, who it is there, and which key signs its manifests. */
export const credential = z.strictObject({
  organizationId: id,
  organizationName: z.string(),
  deviceId: id,
  serverPublicKey: publicKey,
  /** Until then a person at the glass may refuse. */
  vetoUntil: instant,
});
export type Credential = z.infer<typeof credential>;

/** The ticket of the newest session of a screen: what tells it from a copy of itself when it opens the next. */
const sessionTicket = z.strictObject({ deviceId: id, ticket: z.string().max(100) });
export type SessionTicket = z.infer<typeof sessionTicket>;

/** A pairing under way, so that a claim made while the kiosk was down is not lost. */
export const openPairing = z.strictObject({
  deviceCode: z.string(),
  userCode: z.string(),
  claimUrl: z.string(),
  startedAt: instant,
  expiresAt: instant,
  pollEveryMs: z.int(),
});
export type OpenPairing = z.infer<typeof openPairing>;

/** One small JSON file, checked on reading and replaced as a whole. */
export interface JsonFile<T> {
  /** Undefined if absent or not understood. */
  find(): Promise<T | undefined>;
  save(value: T): Promise<void>;
  remove(): Promise<void>;
}

/** A JSON file of the data folder with the shape of `schema`. */
export function jsonFile<T>(files: FileStore, path: string, schema: z.ZodType<T>): JsonFile<T> {
  return {
    async find() {
      const bytes = await files.find(path);
      return bytes && schema.safeParse(parseJson(bytes)).data;
    },
    save: (value) => replaceFile(files, path, Buffer.from(JSON.stringify(value))),
    async remove() {
      await files.remove(path);
      await files.syncFolder(folderOf(path));
    },
  };
}

export const credentialFile = (files: FileStore) => jsonFile(files, "credential.json", credential);
export const ticketFile = (files: FileStore) => jsonFile(files, "ticket.json", sessionTicket);
export const openPairingFile = (files: FileStore) => jsonFile(files, "pairing.json", openPairing);
