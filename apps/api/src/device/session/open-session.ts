import type { openedSession, openSessionInput } from "@vitrine/core/model/device-protocol";
import { appError } from "@vitrine/core/model/errors";
import { deviceCredentials } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import { isSignedBy, sessionText } from "../../auth/device-keys.ts";
import { SIGNATURE_TOLERANCE_MS } from "../../auth/device-nonces.ts";
import { type DeviceKey, listDeviceKeys } from "../../auth/device-standing.ts";
import { type IssuedTicket, sessionOf, type TicketOwner } from "../../auth/device-tickets.ts";
import { networkOf } from "../../platform/networks.ts";
import { screenOf } from "../authorize-device.ts";
import type { DeviceContext } from "../device-context.ts";
import { noteCopy } from "./note-copy.ts";

const PER_NETWORK = { limit: 1_200, windowMs: 60_000 };
const PER_DEVICE = { limit: 30, windowMs: 60_000 };

/** Of sessions of one key that are opened at the very same time, each takes its turn. */
const ATTEMPTS = 5;

/**
 * Trades a signature by one of the screen's keys for a token of 15 minutes and the ticket to the next one; ends the
 * session before. A ticket out of order says that two places hold the key (`device-tickets.ts`): that is told. An unknown screen, a wrong signature and
 * one used before are told apart by nothing (DEVICE_SIGNATURE_WRONG); only who proves the key hears DEVICE_REVOKED.
 * Errors besides: DEVICE_CLOCK_WRONG with the server's time, TOO_MANY_REQUESTS, BUSY.
 */
export async function openSession(
  ctx: DeviceContext,
  input: z.infer<typeof openSessionInput>,
): Promise<z.infer<typeof openedSession>> {
  const { services, remoteAddress } = ctx;
  const { clock, devices, rateLimits, database } = services;
  rateLimits.take("session.open", networkOf(remoteAddress), PER_NETWORK);
  const serverTime = clock.now();
  const issuedAtMs = Date.parse(input.issuedAt);
  if (Math.abs(serverTime.getTime() - issuedAtMs) > SIGNATURE_TOLERANCE_MS) {
    throw appError("DEVICE_CLOCK_WRONG", { serverTime: serverTime.toISOString() });
  }
  const { signature, nonce } = input;
  const scope = organizationScope(input.organizationId.toLowerCase());
  const deviceId = input.deviceId.toLowerCase();
  const read = () => listDeviceKeys(database, scope, deviceId);
  const keys = await read();
  const signed = keys.find(({ publicKey }) => isSignedBy(publicKey, sessionText(input), signature));
  if (!signed || !devices.nonces.use(deviceId, nonce, issuedAtMs)) throw appError("DEVICE_SIGNATURE_WRONG");
  rateLimits.take("session.open by device", deviceId, PER_DEVICE);
  const owner = { ...scope, deviceId, publicKey: signed.publicKey };
  let key = devices.access.requireKey(owner, keys);
  let issued = await replaceTicket(ctx, owner, input.ticket, key);
  for (let attempt = 1; issued === undefined; attempt++) {
    if (attempt === ATTEMPTS) throw appError("BUSY", { retryAfterSeconds: 1 });
    key = devices.access.requireKey(owner, await read());
    issued = await replaceTicket(ctx, owner, input.ticket, key);
  }
  const binding = { ...owner, session: sessionOf(issued.sha256) };
  const screen = screenOf(services, binding);
  if (devices.tickets.isCopied(owner, input.ticket, key)) await noteCopy(ctx, owner, screen.openedFrom);
  screen.openedFrom = remoteAddress;
  devices.access.admit(binding);
  services.events.publishSession(deviceId);
  const { token, expiresAt } = devices.tokens.issue(binding);
  const { ticket } = issued;
  return { token, expiresAt: expiresAt.toISOString(), serverTime: serverTime.toISOString(), ticket };
}

/**
 * Stores the next ticket in place of the one that `key` was read with; undefined when another session was opened
 * meanwhile, and what is stored has to be read again.
 */
async function replaceTicket(
  { services }: Pick<DeviceContext, "services">,
  owner: TicketOwner,
  shown: string | null,
  key: DeviceKey,
): Promise<IssuedTicket | undefined> {
  const { organizationId, deviceId, publicKey } = owner;
  const issued = services.devices.tickets.issue(owner, shown, key.ticketIssuedAt);
  const [rows] = await services.database.batch(organizationScope(organizationId), (q) => [
    q
      .update(deviceCredentials)
      .set({
        ticketSha256: issued.sha256,
        formerTicketSha256: issued.shownSha256,
        ticketIssuedAt: issued.issuedAt,
      })
      .where(
        and(
          eq(deviceCredentials.organizationId, organizationId),
          eq(deviceCredentials.deviceId, deviceId),
          eq(deviceCredentials.publicKey, publicKey),
          sql`${deviceCredentials.ticketSha256} is not distinct from ${key.ticketSha256}`,
        ),
      )
      .returning({ deviceId: deviceCredentials.deviceId }),
  ]);
  return rows.length > 0 ? issued : undefined;
}
