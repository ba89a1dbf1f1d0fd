import { invalidInput } from "@vitrine/core/model/errors";
import { blobs, deviceLogs } from "@vitrine/db/schema";
import { and, eq, sql } from "drizzle-orm";
import type { Services } from "../../services.ts";
import type { DeviceIdentity } from "../authorize-device.ts";
import { inflateLog, LogFault, MAX_LOG_BYTES } from "./inflate-log.ts";
import { requireOwnCommand } from "./own-command.ts";
import { once, readBody } from "./read-body.ts";

const UPLOAD_TIMEOUT_MS = 30_000;
/** So many logs of a screen are kept, the newest. */
const KEPT_LOGS = 20;
const LINE_END = 10;

/**
 * Keeps the newest lines of a screen's log (gzip of JSON lines), for a `send_logs` command of that screen that is
 * under way; a second upload for it changes nothing. Of a screen's logs the newest 20 are kept. Errors: NOT_FOUND,
 * FILE_TOO_LARGE, INVALID_INPUT for what is not gzip or unpacks to more than 16 MiB.
 */
export async function storeLog(
  context: DeviceIdentity & { services: Services },
  commandId: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { services, binding, scope } = context;
  const { organizationId } = scope;
  const { deviceId } = binding;
  await requireOwnCommand(context, commandId, "send_logs");
  const packed = await readBody(body, MAX_LOG_BYTES);
  const lineCount = await countLines(packed);
  const stored = await services.blobs.write(scope, once(packed), AbortSignal.timeout(UPLOAD_TIMEOUT_MS));
  const { sha256, sizeBytes, chunksSha256 } = stored;
  const own = and(eq(deviceLogs.organizationId, organizationId), eq(deviceLogs.deviceId, deviceId));
  await services.database.batch(scope, (q) => [
    q
      .insert(blobs)
      .values({ organizationId, sha256, sizeBytes, chunksSha256, mediaType: "application/gzip" })
      .onConflictDoNothing(),
    q
      .insert(deviceLogs)
      .values({
        organizationId,
        commandId,
        deviceId,
        blobSha256: sha256,
        lineCount,
        receivedAt: services.clock.now(),
      })
      .onConflictDoNothing(),
    q.delete(deviceLogs).where(
      and(
        own,
        sql`${deviceLogs.receivedAt} <= (
          select received_at from ${deviceLogs} where ${own} order by received_at desc
          offset ${sql.raw(`${KEPT_LOGS}`)} limit 1)`,
      ),
    ),
  ]);
}

async function countLines(packed: Buffer): Promise<number> {
  let count = 0;
  try {
    for await (const piece of inflateLog(packed)) for (const byte of piece) if (byte === LINE_END) count++;
  } catch (error) {
    if (error instanceof LogFault) throw invalidInput("", error.message);
    throw error;
  }
  return count;
}
