import type { DeviceEventKind } from "@vitrine/core/model/device-health";
import type { OrganizationScope } from "@vitrine/db/scope";
import type { Services } from "../../services.ts";

/** An event that the server itself notices, as a row to be inserted. */
export function eventRow(
  { newId }: Pick<Services, "newId">,
  { organizationId }: OrganizationScope,
  event: { deviceId: string; kind: DeviceEventKind; at: Date; data?: Record<string, string | number | null> },
) {
  return { organizationId, id: newId(), ...event };
}
