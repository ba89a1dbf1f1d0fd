import type { Log } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";
import type { UploadFiles } from "../platform/upload-files.ts";

const EVERY_MS = 3_600_000;

/** Removes abandoned uploads, now and then every hour. */
export function startUploadHousekeeping({
  uploads,
  log,
}: {
  uploads: Pick<UploadFiles, "removeExpired">;
  log: Log;
}): AsyncDisposable {
  const tidy = async () => {
    try {
      const count = await uploads.removeExpired();
      if (count > 0) log.info({ count }, "abandoned uploads removed");
    } catch (error) {
      log.warn({ err: error }, "abandoned uploads were not removed; trying again in an hour");
    }
  };
  return repeat(tidy, { everyMs: EVERY_MS });
}
