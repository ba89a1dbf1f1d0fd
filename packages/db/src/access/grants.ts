export type Command = "SELECT" | "INSERT" | "UPDATE" | "DELETE";

/** What `vitrine_app` may do with the rows of its organization, table by table. A table missing here is refused by `migrate`. */
export const APP_GRANTS: Record<string, readonly Command[]> = {
  organizations: ["SELECT", "INSERT", "UPDATE"],
  memberships: ["SELECT", "INSERT", "UPDATE", "DELETE"],
  api_keys: ["SELECT", "INSERT", "UPDATE"],
  blobs: ["SELECT", "INSERT", "DELETE"],
  assets: ["SELECT", "INSERT", "UPDATE", "DELETE"],
  asset_tags: ["SELECT", "INSERT", "DELETE"],
  playlists: ["SELECT", "INSERT", "UPDATE", "DELETE"],
  playlist_items: ["SELECT", "INSERT", "UPDATE", "DELETE"],
  devices: ["SELECT", "INSERT", "UPDATE"],
  device_tags: ["SELECT", "INSERT", "DELETE"],
  device_credentials: ["SELECT", "INSERT", "UPDATE"],
  device_status: ["SELECT", "INSERT", "UPDATE"],
  device_commands: ["SELECT", "INSERT", "UPDATE"],
  plays: ["SELECT", "INSERT"],
  plays_hourly: ["SELECT", "INSERT", "UPDATE"],
  outbox: ["SELECT", "INSERT"],
  audit_events: ["SELECT", "INSERT"],
};
