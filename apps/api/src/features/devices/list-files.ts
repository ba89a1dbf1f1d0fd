import type { deviceFiles } from "@vitrine/core/model/device-health";
import { appError } from "@vitrine/core/model/errors";
import { assets, deviceStatus, devices } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { statusOfDevice } from "./device-view.ts";
import type { DeviceReader } from "./queries.ts";

/** The files that a screen still lacks, as of its last beat, each with the content that needs it. NOT_FOUND. */
export async function listFiles(
  { database, scope }: Pick<DeviceReader, "database" | "scope">,
  deviceId: string,
): Promise<z.infer<typeof deviceFiles>> {
  const { organizationId } = scope;
  const [found] = await database.batch(scope, (q) => [
    q
      .select({ sync: deviceStatus.sync })
      .from(devices)
      .leftJoin(deviceStatus, statusOfDevice(organizationId))
      .where(and(eq(devices.organizationId, organizationId), eq(devices.id, deviceId))),
  ]);
  const device = found[0];
  if (!device) throw appError("NOT_FOUND");
  // A word of before missing files were told has none.
  const missing = device.sync?.missing ?? [];
  if (missing.length === 0) return { files: [] };
  const hashes = missing.map(({ sha256 }) => sha256);
  const [named] = await database.batch(scope, (q) => [
    q
      .selectDistinctOn([assets.blobSha256], { sha256: assets.blobSha256, id: assets.id, name: assets.name })
      .from(assets)
      .where(
        and(
          eq(assets.organizationId, organizationId),
          eq(assets.isActive, true),
          isAnyOf(assets.blobSha256, "text", hashes),
        ),
      )
      .orderBy(assets.blobSha256, assets.id),
  ]);
  const byHash = new Map(named.map(({ sha256, ...asset }) => [sha256, asset]));
  return { files: missing.map((file) => ({ ...file, asset: byHash.get(file.sha256) ?? null })) };
}
