import { open } from "node:fs/promises";
import { assets } from "@vitrine/db/schema";
import { type SQL, sql } from "drizzle-orm";
import type { StoredBlob } from "../../platform/blob-store.ts";
import { readPieces } from "../../platform/file-pieces.ts";
import type { CommandContext } from "../../trpc/command.ts";

/** One asset in the hands of the server itself. */
export type AssetWork = CommandContext & { assetId: string; signal: AbortSignal };

/** The condition that names this asset and no other. */
export function ownAsset({ scope, assetId }: Pick<AssetWork, "scope" | "assetId">): SQL {
  return sql`(${assets.organizationId} = ${scope.organizationId} and ${assets.id} = ${assetId})`;
}

/** Stores a copy of a file that a media worker wrote: nobody but us can change it afterwards. */
export async function storeOutput({ services, scope, signal }: AssetWork, path: string): Promise<StoredBlob> {
  await using file = await open(path, "r");
  const { size } = await file.stat();
  return await services.blobs.write(scope, readPieces(file, 0, size, signal), signal);
}
