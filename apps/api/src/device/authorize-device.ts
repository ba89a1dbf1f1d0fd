import { appError } from "@vitrine/core/model/errors";
import { type OrganizationScope, organizationScope } from "@vitrine/db/scope";
import type { DeviceBinding } from "../auth/device-tokens.ts";
import type { Services } from "../services.ts";
import type { Screen } from "./screens.ts";

/** A screen whose token was verified. */
export type DeviceIdentity = { binding: DeviceBinding; scope: OrganizationScope };

/** The screen that the header's token speaks for, if its session is its newest and its key not revoked. Errors: DEVICE_SESSION_EXPIRED, DEVICE_REVOKED, BUSY. */
export async function authorizeDevice(
  { devices }: Pick<Services, "devices">,
  authorization: string | undefined,
): Promise<DeviceIdentity> {
  const token = /^Bearer ([\w.-]{1,400})$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw appError("DEVICE_SESSION_EXPIRED");
  const binding = devices.tokens.read(token);
  await devices.access.require(binding);
  return { binding, scope: organizationScope(binding.organizationId) };
}

/** The screen in this process' register, in contact now. For screens that were let through only. */
export function screenOf(
  { devices, clock }: Pick<Services, "devices" | "clock">,
  binding: DeviceBinding,
): Screen {
  const screen = devices.screens.open(binding);
  screen.lastContactMs = clock.nowMs();
  return screen;
}
