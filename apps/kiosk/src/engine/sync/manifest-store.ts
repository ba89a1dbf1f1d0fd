import * as z from "zod";
import type { Credential } from "../identity/credential.ts";
import { parseJson } from "../identity/identity.ts";
import { type FileStore, replaceFile } from "../platform/file-store.ts";
import { type AcceptedManifest, judgeManifest } from "./manifest-file.ts";

/** Two slots and one pointer to the slot of the last good manifest: the newest whose files were all there. */
export interface ManifestStore {
  /** What both slots hold, each judged again as if it had just arrived. */
  load(credential: Credential): Promise<StoredManifests>;
  /** Puts a manifest in the slot that is not the last good one's. */
  saveNewest(accepted: AcceptedManifest): Promise<void>;
  /** The newest becomes the last good one; the former stays until the next arrives. */
  promote(): Promise<void>;
  wipe(): Promise<void>;
}

export interface StoredManifests {
  newest: AcceptedManifest | undefined;
  lastGood: AcceptedManifest | undefined;
}

type SlotName = "a" | "b";

const FOLDER = "manifests";
const POINTER = `${FOLDER}/current`;
const slotPath = (slot: SlotName) => `${FOLDER}/${slot}`;
const otherSlot = (slot: SlotName): SlotName => (slot === "a" ? "b" : "a");

const header = z.strictObject({ etag: z.string(), signature: z.string(), order: z.int() });

/** The manifest slots of one data folder. */
export function createManifestStore(files: FileStore): ManifestStore {
  let lastGoodSlot: SlotName | undefined;
  let newestSlot: SlotName | undefined;
  let lastOrder = 0;

  const readSlot = async (slot: SlotName, credential: Credential) => {
    const bytes = await files.find(slotPath(slot));
    const end = bytes?.indexOf(10) ?? -1;
    const head = bytes && end > 0 ? header.safeParse(parseJson(bytes.subarray(0, end))) : undefined;
    if (!bytes || !head?.success) return undefined;
    const verdict = judgeManifest({ ...head.data, body: bytes.subarray(end + 1) }, credential, 0);
    return verdict.kind === "accepted" ? { ...verdict.accepted, order: head.data.order, slot } : undefined;
  };

  return {
    async load(credential) {
      const pointer = Buffer.from((await files.find(POINTER)) ?? []).toString("utf8");
      const held = [await readSlot("a", credential), await readSlot("b", credential)].filter(
        (one) => one !== undefined,
      );
      const newest = held.toSorted((one, other) => other.order - one.order)[0];
      const lastGood = held.find((one) => one.slot === pointer);
      lastOrder = newest?.order ?? 0;
      newestSlot = newest?.slot;
      lastGoodSlot = lastGood?.slot;
      return { newest, lastGood };
    },
    async saveNewest({ etag, signature, body }) {
      await files.makeFolder(FOLDER);
      const slot = lastGoodSlot === undefined ? "a" : otherSlot(lastGoodSlot);
      lastOrder += 1;
      const head = Buffer.from(`${JSON.stringify({ etag, signature, order: lastOrder })}\n`);
      await replaceFile(files, slotPath(slot), Buffer.concat([head, body]));
      newestSlot = slot;
    },
    async promote() {
      if (newestSlot === undefined || newestSlot === lastGoodSlot) return;
      await replaceFile(files, POINTER, Buffer.from(newestSlot));
      lastGoodSlot = newestSlot;
    },
    async wipe() {
      lastGoodSlot = undefined;
      newestSlot = undefined;
      lastOrder = 0;
      await files.remove(FOLDER);
    },
  };
}
