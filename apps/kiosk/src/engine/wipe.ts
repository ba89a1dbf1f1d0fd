import type { FileStore } from "./platform/file-store.ts";
import { replaceFile } from "./platform/file-store.ts";

const MARKER = "wiping";

/** Has the next boot begin with a wipe. */
export async function orderWipe(files: FileStore): Promise<void> {
  await replaceFile(files, MARKER, Buffer.from("1"));
}

/**
 * Runs the parts of a wipe under a marker on disk, so that one that a crash interrupts is finished at the next
 * boot before anything of the former owner can be shown.
 */
export async function wipeThoroughly(
  files: FileStore,
  parts: readonly (() => Promise<void>)[],
): Promise<void> {
  await orderWipe(files);
  for (const part of parts) await part();
  await files.remove(MARKER);
  await files.syncFolder(".");
}

/** Whether an earlier wipe was interrupted. */
export async function isWipeUnfinished(files: FileStore): Promise<boolean> {
  return (await files.findFacts(MARKER)) !== undefined;
}
