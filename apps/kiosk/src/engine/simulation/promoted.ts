import type { Manifest } from "@vitrine/core/model/manifest";
import { filesOf } from "../sync/activation.ts";
import { sha256Hex } from "../sync/chunk-list.ts";
import type { VirtualDisk } from "./virtual-disk.ts";

/** What the disk says is to be played: the last good manifest, and one that is newer than it, if any. */
export interface Promoted {
  etag: string;
  isNewest: boolean;
}

/** Reads the pointer and the slots; undefined where there is no pointer, or it leads to nothing. */
export function findPromoted(disk: Pick<VirtualDisk, "read">): Promoted | undefined {
  const slot = textOf(disk.read("manifests/current"));
  const [own, other] = [headOf(disk, slot), headOf(disk, slot === "a" ? "b" : "a")];
  return own && { etag: own.etag, isNewest: !other || other.order < own.order };
}

/** Whether a pointer was ever put there. */
export function hasPointer(disk: Pick<VirtualDisk, "read">): boolean {
  return disk.read("manifests/current") !== undefined;
}

/**
 * The files of a manifest that are not whole under their names; by size alone unless `isDeep`. Those in `spoiled` were
 * damaged by the world itself, and do not count.
 */
export function missingFiles(
  disk: Pick<VirtualDisk, "read">,
  manifest: Manifest,
  { spoiled, isDeep }: { spoiled: ReadonlySet<string>; isDeep: boolean },
): string[] {
  return filesOf(manifest)
    .filter(({ sha256, sizeBytes }) => {
      if (spoiled.has(sha256)) return false;
      const bytes = disk.read(`files/${sha256}`);
      return bytes?.length !== sizeBytes || (isDeep && sha256Hex(bytes) !== sha256);
    })
    .map(({ sha256 }) => sha256);
}

function headOf(disk: Pick<VirtualDisk, "read">, slot: string): { etag: string; order: number } | undefined {
  const text = textOf(disk.read(`manifests/${slot}`));
  const end = text.indexOf("\n");
  try {
    return end < 0 ? undefined : JSON.parse(text.slice(0, end));
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString("utf8");
}
