import { appError } from "@vitrine/core/model/errors";
import { blobs, deviceStatus } from "@vitrine/db/schema";
import type { Services } from "../../services.ts";
import type { DeviceIdentity } from "../authorize-device.ts";
import { requireOwnCommand } from "./own-command.ts";
import { once, readBody } from "./read-body.ts";

export const MAX_SCREENSHOT_BYTES = 5 * 1024 * 1024;
const UPLOAD_TIMEOUT_MS = 30_000;
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * Keeps a picture of the glass as the screen's latest, for a `screenshot` command of that screen that is under way.
 * What it holds is never trusted: it is stored as bytes and shown from the content origin only. Errors: NOT_FOUND,
 * FILE_TOO_LARGE, INVALID_INPUT for what does not begin like a JPEG.
 */
export async function storeScreenshot(
  context: DeviceIdentity & { services: Services },
  commandId: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { services, binding, scope } = context;
  const { database, clock, devices, events } = services;
  const { organizationId } = scope;
  const { deviceId } = binding;
  const now = clock.now();
  await requireOwnCommand(context, commandId, "screenshot");
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
  const picture = await readBody(body, MAX_SCREENSHOT_BYTES);
  if (picture.subarray(0, JPEG_START.length).equals(JPEG_START)) return picture;
  throw appError("INVALID_INPUT", { issues: [{ path: "", message: "A screenshot is a JPEG" }] });
}
