import * as z from "zod";
import { ConfigError } from "./config/config.ts";
import { jsonFile } from "./identity/credential.ts";
import type { FileStore } from "./platform/file-store.ts";
import { describe, type Log } from "./platform/log.ts";

/**
 * How the data folder is laid out. 1: manifests in two slots, content by hash, spools of plays and events. A folder
 * without a mark is of a player from before the mark, and is laid out as 1.
 */
export const DATA_FORMAT = 1;

/** `readableFrom` is the oldest format whose players can go on with this folder. */
const mark = z.object({ format: z.int().min(1), readableFrom: z.int().min(1), appVersion: z.string() });

/**
 * Takes up a data folder: one of an older player is marked as ours, one of a newer player is used as it is if that
 * says that we can, and is refused otherwise (`ConfigError`), with nothing in it changed.
 */
export async function takeUpFolder(
  files: FileStore,
  { appVersion, log }: { appVersion: string; log: Log },
): Promise<void> {
  const file = jsonFile(files, "format.json", mark);
  const found = await file.find();
  if (found && found.readableFrom > DATA_FORMAT) {
    throw new ConfigError(
      `The data folder was written by version ${found.appVersion} of the player, and this version ${appVersion} ` +
        "cannot read it. Nothing was changed: start the newer version again, or give this one a folder of its own " +
        "with --data DIR.",
    );
  }
  if (found && found.format >= DATA_FORMAT) return;
  await file
    .save({ format: DATA_FORMAT, readableFrom: DATA_FORMAT, appVersion })
    .catch((error: unknown) => log.warn("format_not_marked", { reason: describe(error) }));
}
