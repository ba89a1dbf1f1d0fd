/** Every action that is recorded, `area.verb`, by its area. Each has a sentence in the dashboard's catalogue. */
export const AUDIT_ACTIONS = {
  organization: ["create", "update", "requireSecondFactor", "setSecurity", "setPlan", "remove", "restore"],
  members: ["setRole", "setExtra", "remove", "restore", "leave", "handOver", "setBusinesses"],
  invitations: ["create", "resend", "withdraw", "link", "accept"],
  domains: ["add", "verify", "miss", "lose", "remove"],
  businesses: ["create", "update", "remove"],
  apiKeys: ["create", "update", "rotate", "revoke"],
  assets: ["create", "update", "replace", "process", "refuse", "retry", "remove", "restore"],
  playlists: [
    "create",
    "update",
    "duplicate",
    "addItems",
    "updateItem",
    "moveItem",
    "removeItems",
    "remove",
    "restore",
  ],
  layouts: ["create", "update", "duplicate", "remove", "restore"],
  dayparts: ["create", "update", "duplicate", "remove", "restore"],
  groups: ["create", "rename", "change", "duplicate", "remove", "restore"],
  schedule: [
    "create",
    "update",
    "duplicate",
    "moveOccurrence",
    "removeOccurrence",
    "remove",
    "restore",
    "override",
    "endOverride",
  ],
  devices: ["claim", "update", "assignPlaylist", "sendCommand", "revoke", "refuse", "identityCopied"],
  audit: ["verify", "export"],
} as const;

type Actions = typeof AUDIT_ACTIONS;
export type AuditArea = keyof Actions;
export type AuditAction = { [Area in AuditArea]: `${Area}.${Actions[Area][number]}` }[AuditArea];
