import { appError } from "@vitrine/core/model/errors";
import { blobs, deviceCommands, deviceStatus } from "@vitrine/db/schema";
import { and, eq, gt, or } from "drizzle-orm";
import type { Services } from "../../services.ts";
import type { DeviceIdentity } from "../authorize-device.ts";

export const MAX_SCREENSHOT_BYTES = 5 * 1024 * 1024;
const UPLOAD_TIMEOUT_MS = 30_000;
/** A picture may arrive this long after its command expired: it was asked for in time. */
const GRACE_MS = 30_000;
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * Keeps a picture of the glass as the screen's latest, for a `screenshot` command of that screen that is under way.
 * What it holds is never trusted: it is stored as bytes and shown from the content origin only. Errors: NOT_FOUND,
 * FILE_TOO_LARGE, INVALID_INPUT for what does not begin like a JPEG.
 */
export async function storeScreenshot(
  { services, binding, scope }: DeviceIdentity & { services: Services },
  commandId: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { database, clock, devices, events } = services;
  const { organizationId } = scope;
  const { deviceId } = binding;
  const now = clock.now();
  const [commands] = await database.batch(scope, (q) => [
    q
      .select({ id: deviceCommands.id })
      .from(deviceCommands)
      .where(
        and(
          eq(deviceCommands.organizationId, organizationId),
          eq(deviceCommands.id, commandId),
          eq(deviceCommands.deviceId, deviceId),
          eq(deviceCommands.kind, "screenshot"),
          or(eq(deviceCommands.state, "waiting"), eq(deviceCommands.state, "delivered")),
          gt(deviceCommands.expiresAt, new Date(now.getTime() - GRACE_MS)),
        ),
      ),
  ]);
  if (commands.length === 0) throw appError("NOT_FOUND");
  const picture = await readPicture(body);
  const stored = await services.blobs.write(scope, once(picture), AbortSignal.timeout(UPLOAD_TIMEOUT_MS));
  const { sha256, sizeBytes, chunksSha256 } = stored;
  const latest = { screenshotSha256: sha256, screenshotAt: now };
  await database.batch(scope, (q) => [
    q
      .insert(blobs)
      .values({ organizationId, sha256, sizeBytes, chunksSha256, mediaType: "image/jpeg" })
      .onConflictDoNothing(),
    q
      .insert(deviceStatus)
      .values({ organizationId, deviceId, ...latest })
      .onConflictDoUpdate({ target: [deviceStatus.organizationId, deviceStatus.deviceId], set: latest }),
  ]);
  devices.screens.open(binding).lastContactMs = now.getTime();
  events.publishStatus(organizationId, [deviceId]);
}

async function readPicture(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of body) {
    sizeBytes += part.length;
    if (sizeBytes > MAX_SCREENSHOT_BYTES) {
      throw appError("FILE_TOO_LARGE", { limit: MAX_SCREENSHOT_BYTES, use: sizeBytes });
    }
    parts.push(part);
  }
  const picture = Buffer.concat(parts);
  if (picture.subarray(0, JPEG_START.length).equals(JPEG_START)) return picture;
  throw appError("INVALID_INPUT", { issues: [{ path: "", message: "A screenshot is a JPEG" }] });
}

async function* once(picture: Buffer): AsyncGenerator<Uint8Array> {
  yield picture;
}
