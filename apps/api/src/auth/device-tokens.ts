import { appError } from "@vitrine/core/model/errors";
import { id } from "@vitrine/core/model/ids";
import * as z from "zod";
import type { Clock } from "../platform/clock.ts";
import type { Mac } from "../platform/mac.ts";
import { RecentMap } from "../platform/recent-map.ts";
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

type Verified = { readonly token: string; readonly binding: DeviceBinding; readonly expiresAtMs: number };
const VERIFIED_LEAST = 50_000;
/** Where a token names its screen. */
const DEVICE_PART = [40, 76] as const;
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
  // The token of each screen that was verified last: it shows one hundreds of times.
  const verified = new RecentMap<Verified>(VERIFIED_LEAST);

  const verify = (token: string): Verified => {
    const end = token.lastIndexOf(".");
    const body = token.slice(0, Math.max(0, end));
    if (end < 0 || !mac.verify(PURPOSE, body, token.slice(end + 1))) throw appError("DEVICE_SESSION_EXPIRED");
    const parsed = parts.safeParse(body.split("."));
    if (!parsed.success) throw appError("DEVICE_SESSION_EXPIRED");
    const [, organizationId, deviceId, publicKey, session, expiresAtMs] = parsed.data;
    const binding = { organizationId, deviceId, publicKey, session };
    return { token, binding, expiresAtMs: Number(expiresAtMs) };
  };
  return {
    issue({ organizationId, deviceId, publicKey, session }) {
      const expiresAt = new Date(clock.nowMs() + DEVICE_TOKEN_MS);
      const body = [FORM, organizationId, deviceId, publicKey, session, expiresAt.getTime()].join(".");
      return { token: `${body}.${mac.sign(PURPOSE, body)}`, expiresAt };
    },
    read(token) {
      const known = verified.get(token.slice(...DEVICE_PART));
      const one = known?.token === token ? known : verify(token);
      if (one.expiresAtMs <= clock.nowMs()) throw appError("DEVICE_SESSION_EXPIRED");
      if (one !== known) verified.set(one.binding.deviceId, one);
      return one.binding;
    },
  };
}
