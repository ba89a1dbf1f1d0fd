export { assets, assetTags, blobs, playlistItems, playlists } from "./content.ts";
export {
  deviceCommands,
  deviceCredentials,
  deviceStatus,
  devices,
  deviceTags,
} from "./devices.ts";
export { apiKeys, memberships, organizations } from "./organizations.ts";
export { ACTOR_KINDS, auditEvents, outbox, plays, playsHourly } from "./records.ts";
export {
  organizationSlugs,
  PAIRING_STATES,
  pairingRequests,
  sessions,
  systemSchema,
  users,
} from "./system.ts";
export { tenantSchema } from "./tenant-table.ts";
