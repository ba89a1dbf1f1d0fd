import type { Heartbeat, heartbeatAnswer } from "@vitrine/core/model/device-protocol";
import { appError } from "@vitrine/core/model/errors";
import { defineBatch } from "@vitrine/db/batch";
import { deviceStatus } from "@vitrine/db/schema";
import { and, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import type { Services } from "../../services.ts";
import { type DeviceIdentity, screenOf } from "../authorize-device.ts";
import { findPending } from "../commands/find-pending.ts";
import { markDelivered } from "../commands/mark-delivered.ts";
import { signCommand } from "../commands/sign-command.ts";
import type { PresenceSeed } from "../presence/presence.ts";
import type { Screen } from "../screens.ts";
import { isKnownNewest } from "../up-to-date.ts";

/**
 * Takes a beat, its texts made harmless, into memory and answers with what the screen should have: the ETag of its newest manifest and its
 * commands, which count as delivered. While nothing changed for the screen the database is not asked.
 * Errors: DEVICE_REVOKED, DEVICE_SESSION_EXPIRED, BUSY.
 */
export async function reportHeartbeat(
  { services, binding, scope }: DeviceIdentity & { services: Services },
  beat: Heartbeat,
): Promise<z.infer<typeof heartbeatAnswer>> {
  const { clock, devices } = services;
  const { deviceId } = binding;
  const screen = screenOf(services, binding);
  const pending = await findPending(services, scope, screen);
  const manifest = await newestManifest(services, { binding, scope }, screen, beat);
  const seed = screen.presence ? undefined : await findSeed(services, { binding, scope });
  devices.presence.beat(
    screen,
    beat,
    { ...manifest, checkedRevision: checkedRevision(services, screen) },
    seed,
  );
  await markDelivered(services, scope, deviceId, pending);
  return {
    serverTime: clock.now().toISOString(),
    manifestEtag: manifest.etag,
    commands: pending.map((command) => signCommand(services.manifestKey, deviceId, command)),
  };
}

/** The content revision up to which what is known of the screen's manifest holds. */
function checkedRevision({ devices }: Services, { organizationId, manifest, isTouched }: Screen): number {
  const builtRevision = manifest?.revision ?? 0;
  return isTouched ? builtRevision : Math.max(builtRevision, devices.hints.seenRevision(organizationId));
}

type Manifest = { etag: string; isUpToDate: boolean; hasContent: boolean };

/** What the screen should have active: known from the last build while nothing that went into it changed, else built. */
async function newestManifest(
  { manifests, devices }: Services,
  { binding, scope }: DeviceIdentity,
  screen: Screen,
  { activeManifest, newestManifest: fetched }: Heartbeat,
): Promise<Manifest> {
  if (screen.manifest && isKnownNewest(screen, activeManifest)) {
    const { etag, hasContent } = screen.manifest;
    // A screen that has what it should is not made to fetch the same under a newer name; its next poll does that.
    const known = fetched !== null && isKnownNewest(screen, fetched) ? fetched : etag;
    return { etag: known, isUpToDate: true, hasContent };
  }
  const built = await manifests.build(scope, binding.deviceId);
  if (!built) throw appError("DEVICE_SESSION_EXPIRED");
  devices.hints.onBuilt(screen, built);
  const isUpToDate = isKnownNewest(screen, activeManifest);
  return { etag: built.etag, isUpToDate, hasContent: screen.manifest?.hasContent ?? false };
}

const seedBatch = defineBatch<{ deviceId: string }>()((q) => [
  q
    .select({
      bootId: deviceStatus.bootId,
      vitals: deviceStatus.vitals,
      lastHeardAt: deviceStatus.lastHeardAt,
    })
    .from(deviceStatus)
    .where(
      and(
        eq(deviceStatus.organizationId, sql.placeholder("organizationId")),
        eq(deviceStatus.deviceId, sql.placeholder("deviceId")),
      ),
    ),
]);

async function findSeed(
  { database }: Services,
  { binding, scope }: DeviceIdentity,
): Promise<PresenceSeed | undefined> {
  const [rows] = await database.run(scope, seedBatch, { deviceId: binding.deviceId });
  const row = rows[0];
  if (!row?.vitals) return undefined;
  return { bootId: row.bootId, stageRestarts: row.vitals.stageRestarts, lastHeardAt: row.lastHeardAt };
}
