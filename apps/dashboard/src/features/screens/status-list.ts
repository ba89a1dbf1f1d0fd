import type { DeviceStatus } from "@vitrine/core/model/device";

/** Every status, the good ones first; here so that addresses are read without the schemas. */
export const DEVICE_STATUS_LIST = [
  "playing",
  "syncing",
  "idle",
  "trouble",
  "offline",
  "never",
  "revoked",
] as const satisfies readonly DeviceStatus[];
