import { open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { ItemName } from "./content.ts";
import { type Fault, untilBegins, untilSwitched } from "./fault.ts";
import type { Rig } from "./rig.ts";

const FULL_MS = 20_000;
const PIECE = Buffer.alloc(64 * 1024);

/** What befalls the kiosk's disk. */
export const STORAGE_FAULTS: readonly Fault[] = [
  {
    name: "disk-full",
    title: "disk full",
    needs: "isolation",
    async happen(rig) {
      const path = join(rig.kiosk.dataDir, "somebody-else's");
      const filledBytes = await fill(path);
      rig.unplayable.add("white");
      await rig.content.add("white");
      await wait(FULL_MS);
      await rm(path);
      await untilSwitched(rig, "white", true, 120_000);
      await wait(5000);
      await rig.content.remove("white");
      await untilSwitched(rig, "white", false);
      return `full for ${FULL_MS / 1000} s (${(filledBytes / 1024 ** 2).toFixed(0)} MiB), with an edit meanwhile`;
    },
  },
  {
    name: "byte-flipped-next",
    title: "byte flipped in the file that is next",
    async happen(rig) {
      await untilBegins(rig, "red");
      await wait(300);
      await flipByte(rig, "green");
      await wait(12_000);
      return "";
    },
  },
  {
    name: "byte-flipped-far",
    title: "byte flipped in a file for later",
    async happen(rig) {
      await untilBegins(rig, "green");
      await flipByte(rig, "magenta");
      await wait(12_000);
      return "";
    },
  },
];

/** Writes until nothing more fits, the last page too; gives how much that was. */
async function fill(path: string): Promise<number> {
  await writeFile(path, "");
  await using file = await open(path, "a");
  for (let sizeBytes = 0; ; ) {
    try {
      sizeBytes += (await file.write(PIECE)).bytesWritten;
    } catch {
      return sizeBytes;
    }
  }
}

/** Changes a byte in the middle of an item's stored file, as a failing disk does. */
export async function flipByte({ kiosk, expectation, content }: Rig, name: ItemName): Promise<void> {
  const asset = expectation.current().assets.find(({ id }) => id === content.idOf(name));
  if (!asset?.file) throw new Error(`${name} has no file`);
  const { sha256, sizeBytes } = asset.file;
  await using file = await open(join(kiosk.dataDir, "files", sha256), "r+");
  const byte = Buffer.alloc(1);
  const at = Math.floor(sizeBytes / 2);
  await file.read(byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 0xff;
  await file.write(byte, 0, 1, at);
}
