import { open } from "node:fs/promises";

/** Makes the names in a folder survive a loss of power, where the system can. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  await using folder = await open(path, "r");
  await folder.sync();
}
