import type { ChangeEvent, StreamEvent, Subject } from "@vitrine/core/model/event";
import type { Database } from "@vitrine/db/database";
import {
  assets,
  businesses,
  deviceCommands,
  deviceGroups,
  devices,
  layouts,
  playlists,
  scheduleEntries,
} from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq } from "drizzle-orm";
import { MOVED_FROM } from "../businesses/belonging.ts";

/** Where a limited member looks for things of each subject; `all`: everybody sees these, `none`: no limited member does. */
const PLACES = {
  organization: "all",
  daypart: "all",
  member: "none",
  invitation: "none",
  apiKey: "none",
  business: businesses,
  asset: assets,
  playlist: playlists,
  layout: layouts,
  entry: scheduleEntries,
  group: deviceGroups,
  device: devices,
  command: deviceCommands,
} as const satisfies Record<Subject, unknown>;

/**
 * What of an event concerns who is limited to businesses: things that they see, and those that were just taken out of
 * what they see. Undefined when nothing of it does.
 */
export async function seenOf(
  database: Database,
  scope: OrganizationScope,
  event: StreamEvent,
): Promise<StreamEvent | undefined> {
  if (scope.businessIds === null || event.kind === "reset") return event;
  if (event.kind === "status") {
    const deviceIds = await idsSeen(database, scope, devices, event.deviceIds);
    // The first message of a stream tells of nothing but where it begins.
    return deviceIds.length > 0 || event.deviceIds.length === 0 ? { ...event, deviceIds } : undefined;
  }
  const ids = await idsOf(database, scope, scope.businessIds, event.change);
  return ids && { ...event, change: { ...event.change, ids } };
}

async function idsOf(
  database: Database,
  scope: OrganizationScope,
  businessIds: readonly string[],
  { subject, ids, action }: ChangeEvent,
): Promise<string[] | undefined> {
  if (action.startsWith(MOVED_FROM))
    return businessIds.includes(action.slice(MOVED_FROM.length)) ? ids : undefined;
  const place = PLACES[subject];
  if (place === "all") return ids;
  if (place === "none") return undefined;
  const seen = await idsSeen(database, scope, place, ids);
  return seen.length > 0 ? seen : undefined;
}

async function idsSeen(
  database: Database,
  scope: OrganizationScope,
  table: Exclude<(typeof PLACES)[Subject], string>,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.organizationId, scope.organizationId), isAnyOf(table.id, "uuid", ids))),
  ]);
  return rows.map(({ id }) => id);
}
