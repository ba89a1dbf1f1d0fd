import type { deviceDiagnosis } from "@vitrine/core/model/device-health";
import { appError } from "@vitrine/core/model/errors";
import { compileDay, localDateAt, playheadAt } from "@vitrine/core/schedule";
import { deviceEvents, deviceStatus, devices } from "@vitrine/db/schema";
import { and, desc, eq, gte } from "drizzle-orm";
import type * as z from "zod";
import { type Previewer, readManifest } from "../../manifest/preview-manifest.ts";
import { selectCopiedAt, statusOfDevice } from "./device-view.ts";
import { diagnose } from "./diagnose.ts";
import { type DeviceReader, getDevice } from "./queries.ts";

const DAY_MS = 86_400_000;
const EVENTS = 500;

/** Why a screen is offline, behind, black or in trouble. NOT_FOUND. */
export async function diagnoseDevice(
  reader: DeviceReader & Previewer,
  id: string,
): Promise<z.infer<typeof deviceDiagnosis>> {
  const { database, scope, clock } = reader;
  const { organizationId } = scope;
  const nowMs = clock.nowMs();
  const [view, [rows, events]] = await Promise.all([
    getDevice(reader, id),
    database.batch(scope, (q) => [
      q
        .select({ revokedAt: devices.revokedAt, sync: deviceStatus.sync, identityCopiedAt: selectCopiedAt })
        .from(devices)
        .leftJoin(deviceStatus, statusOfDevice(organizationId))
        .where(and(eq(devices.organizationId, organizationId), eq(devices.id, id))),
      q
        .select({ at: deviceEvents.at, kind: deviceEvents.kind, data: deviceEvents.data })
        .from(deviceEvents)
        .where(
          and(
            eq(deviceEvents.organizationId, organizationId),
            eq(deviceEvents.deviceId, id),
            gte(deviceEvents.at, new Date(nowMs - DAY_MS)),
          ),
        )
        .orderBy(desc(deviceEvents.at), desc(deviceEvents.id))
        .limit(EVENTS),
    ]),
  ]);
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  const { status, offlineReason, playerState, onGlass, isUpToDate, isRecovering } = view;
  const reasons = diagnose({
    nowMs,
    status,
    offlineReason,
    revokedAt: row.revokedAt,
    lastHeardAt: view.lastHeardAt === null ? null : new Date(view.lastHeardAt),
    identityCopiedAt: row.identityCopiedAt,
    isShowing: playerState === "playing" && onGlass !== null && onGlass.assetId !== null,
    isUpToDate,
    isRecovering,
    faults: view.faults,
    sync: row.sync,
    vitals: view.vitals,
    display: view.display,
    update: view.update,
    content: view.isActive ? await contentOf(reader, id, nowMs) : { isThere: false, isDueNow: false },
    events,
  });
  return { reasons };
}

async function contentOf(reader: Previewer, deviceId: string, nowMs: number) {
  const manifest = await readManifest(reader, deviceId);
  const head = playheadAt(compileDay(manifest, localDateAt(manifest.timeZone, nowMs)), nowMs);
  return { isThere: manifest.assets.length > 0, isDueNow: head !== undefined };
}
