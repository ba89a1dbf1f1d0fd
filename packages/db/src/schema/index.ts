export { businesses, invitationBusinesses, memberBusinesses } from "./businesses.ts";
export {
  assets,
  assetTags,
  blobs,
  dayparts,
  itemDayparts,
  layouts,
  layoutZones,
  playlistItems,
  playlists,
} from "./content.ts";
export {
  deviceCommands,
  deviceCredentials,
  deviceEvents,
  deviceGroups,
  deviceLogs,
  deviceStatus,
  devices,
  deviceTags,
  groupDevices,
} from "./devices.ts";
export {
  apiKeys,
  dataKeys,
  domains,
  invitations,
  memberGrants,
  memberships,
  organizations,
} from "./organizations.ts";
export { auditChecks, auditEvents, outbox, plays, playsHourly } from "./records.ts";
export { entryDayparts, entryDevices, entryGroups, entryTags, scheduleEntries } from "./schedule.ts";
export {
  accountEvents,
  accountLinks,
  knownDevices,
  organizationSlugs,
  PAIRING_STATES,
  pairingRequests,
  platformDataKeys,
  recoveryCodes,
  secondFactors,
  secondSteps,
  sessions,
  systemSchema,
  users,
  verifiedDomains,
} from "./system.ts";
export { tenantSchema } from "./tenant-table.ts";
