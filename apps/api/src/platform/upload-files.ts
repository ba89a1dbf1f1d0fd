import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type OrganizationScope, organizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { Clock } from "./clock.ts";
import { syncFolder } from "./sync-folder.ts";

/** What is known of an upload beside its bytes: in the form of the tus library, and whether it became an asset. */
export const uploadRecord = z.object({
  id: z.string(),
  size: z.int().min(0).optional(),
  offset: z.int().min(0),
  metadata: z.record(z.string(), z.string().nullable()).optional(),
  creation_date: z.iso.datetime(),
  /** When the asset was made or given this file; absent until then. */
  finishedAt: z.iso.datetime().optional(),
});
export type UploadRecord = z.infer<typeof uploadRecord>;

/** Files that are being uploaded, or wait to be processed, each organization's in a folder of its own. */
export type UploadFiles = {
  readonly folder: string;
  /** How the tus library calls an upload: its name below `folder`. */
  key(scope: OrganizationScope, uploadId: string): string;
  /** Where an upload's bytes are. */
  path(scope: OrganizationScope, uploadId: string): string;
  has(scope: OrganizationScope, uploadId: string): Promise<boolean>;
  /** Undefined for an upload that this organization does not have. */
  findRecord(scope: OrganizationScope, uploadId: string): Promise<UploadRecord | undefined>;
  /** Notes that the upload became an asset's file. */
  markFinished(scope: OrganizationScope, uploadId: string): Promise<void>;
  /** Forgets the bytes and keeps the record, so that a client that asks again learns that it is done. */
  dropBytes(scope: OrganizationScope, uploadId: string): Promise<void>;
  /** The records, as the tus library wants them; written so that a crash leaves the old one or the new one. */
  readonly records: {
    get(key: string): Promise<UploadRecord | undefined>;
    set(key: string, record: UploadRecord): Promise<void>;
    delete(key: string): Promise<void>;
  };
  /** Removes uploads that were abandoned, and refused files that nobody tried again. Says how many. */
  removeExpired(): Promise<number>;
};

/** An upload that is not finished within a day is abandoned. */
export const UPLOAD_LIFE_MS = 24 * 3_600_000;
/** Files that were refused are kept for a week, to be tried again. */
const REFUSED_LIFE_MS = 7 * UPLOAD_LIFE_MS;

const UPLOAD_ID = /^[0-9a-f-]{36}$/;

/** Opens the uploads of a data folder. */
export async function openUploadFiles(dataDir: string, clock: Clock): Promise<UploadFiles> {
  const folder = join(dataDir, "uploads");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key = (scope: OrganizationScope, uploadId: string) => {
    if (!UPLOAD_ID.test(uploadId)) throw new TypeError("An upload's id is a UUID");
    return join(scope.organizationId, uploadId);
  };
  const path = (scope: OrganizationScope, uploadId: string) => join(folder, key(scope, uploadId));
  const records = makeRecords(folder);

  const files: UploadFiles = {
    folder,
    key,
    path,
    records,
    has: (scope, uploadId) => isThere(path(scope, uploadId)),
    async findRecord(scope, uploadId) {
      return UPLOAD_ID.test(uploadId) ? records.get(key(scope, uploadId)) : undefined;
    },
    async markFinished(scope, uploadId) {
      const record = await records.get(key(scope, uploadId));
      if (record === undefined || record.finishedAt !== undefined) return;
      await records.set(key(scope, uploadId), { ...record, finishedAt: clock.now().toISOString() });
    },
    async dropBytes(scope, uploadId) {
      await files.markFinished(scope, uploadId);
      await rm(path(scope, uploadId), { force: true });
    },
    async removeExpired() {
      let removed = 0;
      for (const organizationId of await readdir(folder)) {
        for (const name of await readdir(join(folder, organizationId))) {
          const uploadId = name.replace(/\.json$/, "");
          if (!name.endsWith(".json") || !UPLOAD_ID.test(uploadId)) continue;
          const scope = organizationScope(organizationId);
          if (!(await isExpired(scope, uploadId))) continue;
          await rm(path(scope, uploadId), { force: true });
          await records.delete(key(scope, uploadId));
          removed += 1;
        }
      }
      return removed;
    },
  };

  async function isExpired(scope: OrganizationScope, uploadId: string): Promise<boolean> {
    const record = await records.get(key(scope, uploadId));
    if (record === undefined) return true;
    const sinceMs = clock.nowMs() - Date.parse(record.finishedAt ?? record.creation_date);
    const isRefused = record.finishedAt !== undefined && (await isThere(path(scope, uploadId)));
    return sinceMs > (isRefused ? REFUSED_LIFE_MS : UPLOAD_LIFE_MS);
  }

  return files;
}

function makeRecords(folder: string): UploadFiles["records"] {
  const pathOf = (key: string) => join(folder, `${key}.json`);
  return {
    async get(key) {
      const text = await readFile(pathOf(key), "utf8").catch(onlyIfAbsent);
      const parsed = uploadRecord.safeParse(text === undefined ? undefined : parseJson(text));
      return parsed.success ? parsed.data : undefined;
    },
    async set(key, record) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const temporary = `${path}.${crypto.randomUUID()}`;
      {
        await using file = await open(temporary, "wx", 0o600);
        await file.writeFile(JSON.stringify(record));
        await file.sync();
      }
      await rename(temporary, path);
      await syncFolder(dirname(path));
    },
    async delete(key) {
      await rm(pathOf(key), { force: true });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(onlyIfAbsent)) !== undefined;
}

function onlyIfAbsent(error: unknown): undefined {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}
