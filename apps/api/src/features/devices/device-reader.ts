import type { OrganizationScope } from "@vitrine/db/scope";
import { isKnownBehind } from "../../device/up-to-date.ts";
import type { Services } from "../../services.ts";
import type { DeviceReader } from "./queries.ts";

/** What reading screens needs, from what a procedure is given. */
export function deviceReaderOf({
  services,
  scope,
  contentOrigin,
}: {
  services: Pick<Services, "database" | "clock" | "contentUrls" | "devices">;
  scope: OrganizationScope;
  contentOrigin: string;
}): DeviceReader {
  const { database, clock, contentUrls, devices } = services;
  return {
    database,
    scope,
    clock,
    fileUrl: (file) => contentUrls.make(contentOrigin, scope, file),
    seenRevision: devices.hints.seenRevision(scope.organizationId),
    isBehind: (deviceId) => isKnownBehind(devices.screens.find(scope.organizationId, deviceId)),
  };
}
