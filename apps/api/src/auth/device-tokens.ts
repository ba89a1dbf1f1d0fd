import { appError } from "@vitrine/core/model/errors";
import { id } from "@vitrine/core/model/ids";
import * as z from "zod";
import type { Clock } from "../platform/clock.ts";
import type { Mac } from "../platform/mac.ts";
import { SESSION_LENGTH, type TicketOwner } from "./device-tickets.ts";

/** What a token stands for: one session of one key of one screen of one organization. */
export type DeviceBinding = TicketOwner & { session: string };

/** Tokens of 15 minutes that nothing stores: whoever holds one speaks as that screen, while its session is its newest. */
export type DeviceTokens = {
  issue(binding: DeviceBinding): { token: string; expiresAt: Date };
  /** What the token stands for; DEVICE_SESSION_EXPIRED when it is past its time or not ours. */
  read(token: string): DeviceBinding;
};

export const DEVICE_TOKEN_MS = 15 * 60_000;

const MAX_VERIFIED = 30_000;
const PURPOSE = "device-token";
const FORM = "v2";

const parts = z.tuple([
  z.literal(FORM),
  id,
  id,
  z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  z.string().regex(new RegExp(`^[0-9a-f]{${SESSION_LENGTH}}$`)),
  z.string().regex(/^[1-9]\d{0,15}$/),
]);

/** Makes and reads tokens of the form `v2.<organization>.<device>.<key>.<session>.<expiry>.<MAC over all before>`. */
export function makeDeviceTokens({ mac, clock }: { mac: Mac; clock: Clock }): DeviceTokens {
  // Tokens that were verified, by their whole text: a screen shows one hundreds of times.
  const verified = new Map<string, { binding: DeviceBinding; expiresAtMs: number }>();

  const keep = (token: string, what: { binding: DeviceBinding; expiresAtMs: number }) => {
    verified.set(token, what);
    // The oldest are those that expire first.
    const oldest = verified.size > MAX_VERIFIED ? verified.keys().next().value : undefined;
    if (oldest !== undefined) verified.delete(oldest);
  };
  const verify = (token: string) => {
    const end = token.lastIndexOf(".");
    const body = token.slice(0, Math.max(0, end));
    if (end < 0 || !mac.verify(PURPOSE, body, token.slice(end + 1))) throw appError("DEVICE_SESSION_EXPIRED");
    const parsed = parts.safeParse(body.split("."));
    if (!parsed.success) throw appError("DEVICE_SESSION_EXPIRED");
    const [, organizationId, deviceId, publicKey, session, expiresAtMs] = parsed.data;
    return { binding: { organizationId, deviceId, publicKey, session }, expiresAtMs: Number(expiresAtMs) };
  };
  return {
    issue({ organizationId, deviceId, publicKey, session }) {
      const expiresAt = new Date(clock.nowMs() + DEVICE_TOKEN_MS);
      const body = [FORM, organizationId, deviceId, publicKey, session, expiresAt.getTime()].join(".");
      return { token: `${body}.${mac.sign(PURPOSE, body)}`, expiresAt };
    },
    read(token) {
      const known = verified.get(token);
      const { binding, expiresAtMs } = known ?? verify(token);
      const isExpired = expiresAtMs <= clock.nowMs();
      if (isExpired) verified.delete(token);
      else if (!known) keep(token, { binding, expiresAtMs });
      if (isExpired) throw appError("DEVICE_SESSION_EXPIRED");
      return binding;
    },
  };
}
