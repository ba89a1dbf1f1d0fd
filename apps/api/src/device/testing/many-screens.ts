import { randomBytes } from "node:crypto";
import { deviceCredentials, devices } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { sessionOf } from "../../auth/device-tickets.ts";
import type { Services } from "../../services.ts";

const ROWS = 500;

/** Paired screens, straight into the database, with a token each. */
export async function makeManyScreens(services: Services, scope: OrganizationScope, count: number) {
  const { organizationId } = scope;
  const screens = Array.from({ length: count }, (_, place) => ({
    deviceId: services.newId(),
    publicKey: randomBytes(32).toString("base64url"),
    ticketSha256: randomBytes(32).toString("hex"),
    name: `Screen ${String(place).padStart(6, "0")}`,
  }));
  for (let from = 0; from < count; from += ROWS) {
    const some = screens.slice(from, from + ROWS);
    await services.database.batch(scope, (q) => [
      q
        .insert(devices)
        .values(some.map(({ deviceId: id, name }) => ({ organizationId, id, name, timeZone: "UTC" }))),
      q
        .insert(deviceCredentials)
        .values(some.map(({ name: _, ...credential }) => ({ organizationId, ...credential }))),
    ]);
  }
  return screens.map((screen) => ({
    ...screen,
    token: services.devices.tokens.issue({
      organizationId,
      ...screen,
      session: sessionOf(screen.ticketSha256),
    }).token,
  }));
}
