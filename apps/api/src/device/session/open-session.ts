import { randomBytes } from "node:crypto";
import type { openedSession, openSessionInput } from "@vitrine/core/model/device-protocol";
import { appError } from "@vitrine/core/model/errors";
import { organizationScope } from "@vitrine/db/scope";
import type * as z from "zod";
import { isSignedBy, sessionText } from "../../auth/device-keys.ts";
import { SIGNATURE_TOLERANCE_MS } from "../../auth/device-nonces.ts";
import { listDeviceKeys } from "../../auth/device-standing.ts";
import type { DeviceContext } from "../device-context.ts";
import { networkOf } from "../pairing/pairing-guard.ts";

const PER_NETWORK = { limit: 1_200, windowMs: 60_000 };
const PER_DEVICE = { limit: 30, windowMs: 60_000 };

/**
 * Trades a signature by one of the screen's keys for a token of 15 minutes. An unknown screen, a wrong signature and
 * one used before are told apart by nothing (DEVICE_SIGNATURE_WRONG); only who proves the key hears DEVICE_REVOKED.
 * Errors besides: DEVICE_CLOCK_WRONG with the server's time, TOO_MANY_REQUESTS, BUSY.
 */
export async function openSession(
  { services, remoteAddress }: DeviceContext,
  input: z.infer<typeof openSessionInput>,
): Promise<z.infer<typeof openedSession>> {
  const { clock, devices, rateLimits, database } = services;
  rateLimits.take("session.open", networkOf(remoteAddress), PER_NETWORK);
  const serverTime = clock.now();
  const issuedAtMs = Date.parse(input.issuedAt);
  if (Math.abs(serverTime.getTime() - issuedAtMs) > SIGNATURE_TOLERANCE_MS) {
    throw appError("DEVICE_CLOCK_WRONG", { serverTime: serverTime.toISOString() });
  }
  const { deviceId, signature, nonce } = input;
  const organizationId = input.organizationId.toLowerCase();
  const keys = await listDeviceKeys(database, organizationScope(organizationId), deviceId);
  const key = keys.find(({ publicKey }) => isSignedBy(publicKey, sessionText(input), signature));
  if (!key || !devices.nonces.use(deviceId, nonce, issuedAtMs)) throw appError("DEVICE_SIGNATURE_WRONG");
  rateLimits.take("session.open by device", deviceId, PER_DEVICE);
  const binding = { organizationId, deviceId: deviceId.toLowerCase(), publicKey: key.publicKey };
  devices.access.requireKey(binding, keys);
  const { token, expiresAt } = devices.tokens.issue(binding);
  const ticket = randomBytes(24).toString("base64url");
  return { token, expiresAt: expiresAt.toISOString(), serverTime: serverTime.toISOString(), ticket };
}
